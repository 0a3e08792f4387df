import fc from "fast-check";
import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { NaiveSpectrum } from "./_spectrum_naive.ts";
import { QUADRATIC_PROJECTION } from "./projection.ts";
import { Spectrum, type SpectrumParams } from "./spectrum.ts";

const PARAMS: SpectrumParams = {
  nTicks: 7,
  windows: [2, 5, 9],
  rollupWeights: [1, 2, 3],
  derivativeWeights: [0.55, 0.3, 0.15],
  tanhScale: 3,
  thresholdNeutral: 0.15,
  zscoreWindowBins: 11,
  zscoreMinPeriods: 4,
  horizonsMs: [100, 400],
  defaultDtS: 0.1,
  projection: QUADRATIC_PROJECTION,
};

/** Bins of small integers, so that equal values, ties and exact zeros are common. */
const bins = fc.array(
  fc.record({
    stepNs: fc.constantFrom(0, -5e7, 1e8, 1e8, 1e8, 3e8),
    p: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 7, maxLength: 7 }),
    v: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 7, maxLength: 7 }),
  }),
  { minLength: 1, maxLength: 60, size: "max" },
);

Deno.test("Spectrum.update() equals the definition to the last bit, late joiners included", () => {
  const models = [
    QUADRATIC_PROJECTION,
    { form: "cubic", cubicScale: 0.2, dampingLambda: 0.5 } as const,
    { form: "linear", cubicScale: 0, dampingLambda: 0 } as const,
  ];
  fc.assert(
    fc.property(bins, fc.nat(2), (steps, model) => {
      const params = { ...PARAMS, projection: models[model]! };
      const spectrum = new Spectrum(params);
      const naive = new NaiveSpectrum(params);
      const feed = feeder(spectrum, naive);
      for (const step of steps) {
        feed(step);
        deepStrictEqual(plain(spectrum.score), plain(naive.score));
        deepStrictEqual(spectrum.projections.map(plain), naive.projections.map(plain));
      }
    }),
    { seed: 20_260_102, numRuns: 150 },
  );
});

Deno.test("Spectrum.restore() continues to the last bit and brings the outputs back", () => {
  fc.assert(
    fc.property(bins, bins, (before, after) => {
      const original = new Spectrum(PARAMS);
      const feed = feeder(original);
      before.forEach(feed);
      const saved = structuredClone(original.save());
      const copy = new Spectrum(PARAMS);
      feeder(copy)({ stepNs: 1e8, p: [1, 2, 3, 3, 2, 1, 0], v: [0, 0, 0, 1, 1, 1, 1] });
      copy.restore(saved);
      deepStrictEqual(outputs(copy), outputs(original));
      deepStrictEqual(copy.save(), original.save());
      const both = feeder(original, copy, saved.prevTsNs);
      for (const step of after) {
        both(step);
        deepStrictEqual(outputs(copy), outputs(original));
      }
      deepStrictEqual(copy.save(), original.save());
    }),
    { seed: 20_260_103, numRuns: 60 },
  );
});

Deno.test("Spectrum.reset() leaves no trace", () => {
  const used = new Spectrum(PARAMS);
  const fresh = new Spectrum(PARAMS);
  for (let i = 0; i < 30; i++) feeder(used, undefined, i * 1e8)(wave(i));
  used.reset();
  deepStrictEqual(outputs(used), outputs(fresh));
  const both = feeder(used, fresh);
  for (let i = 0; i < 30; i++) both(wave(i * 3));
  deepStrictEqual(outputs(used), outputs(fresh));
});

Deno.test("Spectrum.update() scores nothing before its minimum of bins, then something", () => {
  const spectrum = new Spectrum(PARAMS);
  const feed = feeder(spectrum);
  for (let i = 0; i < 40; i++) {
    feed(wave(i));
    const any = spectrum.score.some((s) => s !== 0);
    if (i + 1 < PARAMS.zscoreMinPeriods) strictEqual(any, false);
    if (i === 39) strictEqual(any, true);
    ok(spectrum.score.every((s) => Math.abs(s) <= 1));
  }
});

Deno.test("Spectrum.update() refuses bad input and keeps its memory as it was", () => {
  const spectrum = new Spectrum(PARAMS);
  const feed = feeder(spectrum);
  for (let i = 0; i < 20; i++) feed(wave(i));
  const before = spectrum.save();
  const p = new Float64Array(7);
  const active = Int32Array.of(0, 1);
  throws(() => spectrum.update(9e9, p.subarray(1), p, active, 2), RangeError);
  throws(() => spectrum.update(9e9, p, p, active, 3), RangeError);
  throws(() => spectrum.update(9e9, p, p, Int32Array.of(7), 1), RangeError);
  throws(() => spectrum.update(NaN, p, p, active, 2), RangeError);
  for (const bad of [NaN, Infinity]) {
    throws(() => spectrum.update(9e9, new Float64Array(7).fill(bad), p, active, 2), RangeError);
  }
  deepStrictEqual(spectrum.save(), before);
});

Deno.test("Spectrum() names the parameter that is out of range", () => {
  const bad: [string, Partial<SpectrumParams>][] = [
    ["nTicks", { nTicks: 0 }],
    ["windows", { windows: [], rollupWeights: [] }],
    ["windows", { windows: [2, 5] }],
    ["windows", { windows: [2, 0, 5] }],
    ["rollupWeights", { rollupWeights: [1, 0, 1] }],
    ["derivativeWeights", { derivativeWeights: [1, 1] }],
    ["derivativeWeights", { derivativeWeights: [1, 1, -1] }],
    ["tanhScale", { tanhScale: 0 }],
    ["thresholdNeutral", { thresholdNeutral: 1 }],
    ["zscoreWindowBins", { zscoreWindowBins: 1 }],
    ["zscoreMinPeriods", { zscoreMinPeriods: 12 }],
    ["horizon", { horizonsMs: [] }],
    ["horizon", { horizonsMs: [100, 100] }],
    ["horizon", { horizonsMs: [0] }],
    ["defaultDtS", { defaultDtS: NaN }],
    ["cubicScale", { projection: { ...QUADRATIC_PROJECTION, cubicScale: -1 } }],
    ["dampingLambda", { projection: { ...QUADRATIC_PROJECTION, dampingLambda: -1 } }],
  ];
  for (const [name, change] of bad) {
    throws(() => new Spectrum({ ...PARAMS, ...change }), (error: unknown) => {
      ok(error instanceof RangeError);
      ok(error.message.includes(name), error.message);
      return true;
    });
  }
});

Deno.test("Spectrum.restore() refuses a state of another shape", () => {
  const other = new Spectrum({ ...PARAMS, zscoreWindowBins: 12 });
  feeder(other)(wave(1));
  const spectrum = new Spectrum(PARAMS);
  throws(() => spectrum.restore(other.save()), RangeError);
});

interface Step {
  readonly stepNs: number;
  readonly p: readonly number[];
  readonly v: readonly number[];
}

/** A function that feeds one bin to one or two spectra, naming only ticks that were non-zero once. */
function feeder(
  a: Spectrum,
  b?: { update: Spectrum["update"] },
  startNs = 1.1e9,
): (step: Step) => void {
  let tsNs = Number.isNaN(startNs) ? 0 : startNs;
  const touched = new Set<number>();
  return ({ stepNs, p, v }) => {
    tsNs += stepNs;
    p.forEach((_, i) => (p[i] !== 0 || v[i] !== 0) && touched.add(i));
    const active = new Int32Array(7);
    active.set([...touched]);
    const pressure = Float64Array.from(p);
    const vacuum = Float64Array.from(v);
    a.update(tsNs, pressure, vacuum, active, touched.size);
    b?.update(tsNs, pressure, vacuum, active, touched.size);
  };
}

function wave(i: number): Step {
  const p = [0, 1, 2, 3, 4, 5, 6].map((k) => (i * (k + 2) * 7) % (5 + k));
  return { stepNs: 1e8, p, v: p.map((x, k) => (x * 3 + i * k) % 4) };
}

function outputs(s: Spectrum): unknown {
  return [plain(s.score), Array.from(s.state), s.projections.map(plain)];
}

/** Without the sign of zero, which orders equal values differently in a sort. */
function plain(values: Float64Array): number[] {
  return Array.from(values, (x) => x + 0);
}
