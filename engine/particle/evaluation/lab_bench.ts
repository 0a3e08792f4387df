import { Cloud } from "../cloud/mod.ts";
import { DEFAULT_LAB } from "../config.ts";
import { LabLoop } from "../forecast/mod.ts";
import { FrameMedium, PRESETS } from "../producers/mod.ts";
import { percentile } from "../../stats/mod.ts";
import { fullFrame } from "../testing/full_frame.ts";
import { world } from "../worlds/mod.ts";

/** Times of the lab at N = 200 with every producer at work, ms. */
export interface LabBench {
  /** A tick of one instrument: producers, walls, learning, forecast, bands. */
  readonly tick: { readonly p50: number; readonly p99: number };
  /** A cloud of 1,000 particles. */
  readonly cloud: { readonly p50: number; readonly p95: number };
}

const PARTICLES = 1_000;
const D = 0.8;

/**
 * Times ticks of a lab and clouds of particles; the code is warm when the clock starts.
 *
 * @param now A clock in ms.
 */
export function benchLab(
  now: () => number,
  { ticks = 3_000, warm = 1_000, clouds = 200 }: {
    readonly ticks?: number;
    readonly warm?: number;
    readonly clouds?: number;
  } = {},
): LabBench {
  const medium = new FrameMedium(DEFAULT_LAB, PRESETS.full);
  const loop = new LabLoop(DEFAULT_LAB, "rls", { isGuarded: true, lattice: 0.5 });
  const { spot, ofi } = world("flow", 1, warm + ticks);
  const step = (k: number) => {
    const frame = { ...fullFrame(k), spotTicks: spot[k]! };
    const from = now();
    loop.advance(k, frame.spotTicks, ofi[k]!, medium.take(frame));
    return now() - from;
  };
  for (let k = 0; k < warm; k++) step(k);
  const tickMs = Float64Array.from({ length: ticks }, (_, i) => step(warm + i));

  const cloud = new Cloud(DEFAULT_LAB, PARTICLES);
  const fields = structuredClone(medium.take(fullFrame(warm + ticks)));
  const cloudMs = Float64Array.from({ length: clouds }, (_, tick) => {
    const from = now();
    cloud.run({ fields, theta: loop.theta, vhat: 1, D, seed: 1, tick });
    return now() - from;
  });
  return {
    tick: { p50: percentile(tickMs, 50), p99: percentile(tickMs, 99) },
    cloud: { p50: percentile(cloudMs, 50), p95: percentile(cloudMs, 95) },
  };
}
