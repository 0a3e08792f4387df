import type { LabConfig } from "../config.ts";
import { LabLoop, type LabOptions } from "../forecast/mod.ts";
import { crps, CRPS_LEVELS, pitUniform, randomisedPit } from "../score/mod.ts";
import type { Course } from "./course.ts";
import { type Outcome, type Outcomes, OutcomeTable } from "./outcomes.ts";
import { WalkBands } from "./walk_bands.ts";

/** Ends of the published band, which holds 80 %. */
const BAND = [0.1, 0.9] as const;

/** How a course is run. */
export interface RunOptions extends LabOptions {
  /** Origins before this tick are not scored. */
  readonly burn?: number;
  /** Key of the draws that break the ties of outcomes on a lattice. */
  readonly seed?: number;
}

/** What came of a run. */
export interface Run {
  /** One per horizon. */
  readonly horizons: readonly Outcomes[];
  /** Present ticks. */
  readonly ticks: number;
  /** Of these, jumps. */
  readonly jumps: number;
  /** Weights at the end, shape [7]. */
  readonly theta: Float64Array;
  /** Hash of all that was said, 8 hexadecimal digits. */
  readonly digest: string;
}

/**
 * Runs the lab over a course, tick by tick, and notes what came of every forecast. The lab itself is told
 * nothing but the ticks up to the present one.
 */
export function runCourse(course: Course, cfg: LabConfig, options: RunOptions = {}): Run {
  const { burn = 600, seed = 0, lattice = 0 } = options;
  const { spot, ofi, firstTick = 0 } = course;
  const loop = new LabLoop(cfg, "rls", options);
  const walk = new WalkBands(cfg, lattice);
  const tables = Array.from({ length: cfg.H }, () => new OutcomeTable(spot.length));
  let ticks = 0;
  for (let k = 0; k < spot.length; k++) {
    if (Number.isNaN(spot[k])) continue;
    ticks++;
    walk.take(firstTick + k, spot[k]!);
    loop.advance(firstTick + k, spot[k]!, ofi[k]!, course.mediumAt(k));
    for (let h = 1; k >= burn && h <= cfg.H && k + h < spot.length; h++) {
      const act = spot[k + h]! - spot[k]!;
      if (!Number.isNaN(act)) {
        const u = pitUniform(seed, firstTick + k, h);
        tables[h - 1]!.push(outcomeOf(loop, walk, { origin: k, h, act, u }));
      }
    }
  }
  const horizons = tables.map((table) => table.columns());
  return { horizons, ticks, jumps: walk.jumps, theta: loop.theta.slice(), digest: loop.digest };
}

function outcomeOf(
  loop: LabLoop,
  walk: WalkBands,
  { origin, h, act, u }: { origin: number; h: number; act: number; u: number },
): Outcome {
  const { lastv, ema, ar1, ofi } = loop.baselines;
  const draws = loop.draws(h);
  const [low, high] = BAND.map((q) => loop.quantile(h, q, "plain"));
  return {
    origin,
    act,
    raw: loop.rollout.x[h - 1]!,
    published: loop.published[h - 1]!,
    lastv: lastv[h - 1]!,
    ema: ema[h - 1]!,
    ar1: ar1[h - 1]!,
    ofi: ofi[h - 1]!,
    plainHit: act >= low! && act <= high! ? 1 : 0,
    pit: draws === null ? NaN : randomisedPit(draws, act, u),
    crps: crps(CRPS_LEVELS.map((level) => loop.quantile(h, level, "scaled")), act),
    walkCrps: walk.crps(h, act),
    variance: walk.variance,
  };
}
