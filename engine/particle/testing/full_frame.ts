/**
 * A frame whose every channel is fresh: waves that move with the tick, a deep level, and an obstacle 10
 * ticks below the anchor.
 *
 * @param tick Also moves the waves.
 * @param ageS Of every channel, s.
 */
export function fullFrame(tick: number, ageS = 0.1) {
  const values = (length: number, f: (j: number) => number) =>
    Float32Array.from({ length }, (_, j) => f(j));
  const profile = (radius: number, f: (j: number) => number) => ({
    x0: -radius,
    step: 1,
    refTicks: 20_000,
    v: values(2 * radius + 1, f),
    ageS,
  });
  const wave = (j: number) => Math.sin(j / 7 + 0.37 * tick);
  const number = (v: number) => ({ v, ageS });
  return {
    tick,
    spotTicks: 20_000.5,
    scalars: {
      "book.microOffset": number(0.3),
      "flow.ofiNorm": number(0.5),
      "vp.netEdge": number(3),
      "vp.forceTotal": number(10),
      "vp.signal": number(0.2),
      "gex.neutral": number(0.4),
      push: number(0.1),
    },
    profiles: {
      "vp.score": profile(50, wave),
      "vp.depth": profile(50, (j) => 100 + 30 * wave(j) + (j === 62 ? 500 : 0)),
      "vel.pressureGrad": profile(200, wave),
      "vel.nu": profile(200, (j) => 1 + Math.abs(wave(j))),
      "vel.omegaProm": profile(200, (j) => 3 * Math.exp(-(((j - 190) / 8) ** 2) / 2)),
      "vel.reinforce": profile(200, () => 0.25),
      "opt.velocity": { ...profile(12, wave), x0: -240, step: 20 },
    },
    gex: {
      count: 2,
      ticks: Float64Array.of(19_990, 20_010),
      absNorm: Float32Array.of(0.5, 1),
      imb: Float32Array.of(0.4, -0.2),
      reinforceNorm: Float32Array.of(0.4, 0.9),
      pullRestNorm: Float32Array.of(0, 0.5),
      ageS,
    },
  };
}
