import type { LabConfig } from "../config.ts";
import { MoveScale } from "../moves/mod.ts";
import {
  byTercile,
  centralHits,
  ridgeCeiling,
  savedShare,
  skill,
  skillInterval,
} from "../score/mod.ts";
import type { Course } from "./course.ts";
import type { Outcomes } from "./outcomes.ts";
import { type Run, runCourse, type RunOptions } from "./run_course.ts";

/** Share of outcomes that the published band should hold. */
const BAND_SHARE = 0.8;

/** One value per horizon. */
export type ByHorizon = readonly number[];

/** What a course came to. Skills, scores and coverages are fractions. */
export interface LabReport {
  readonly skill: { readonly raw: ByHorizon; readonly published: ByHorizon };
  /** 95 % interval of the published skill, by the block bootstrap. */
  readonly interval: { readonly published: readonly (readonly [low: number, high: number])[] };
  /** Skills of what has no medium; `ridge` is the linear ceiling. */
  readonly baselines: Readonly<Record<"lastv" | "ema" | "ar1" | "ofi" | "ridge", ByHorizon>>;
  /** Share of the walk's CRPS that the scaled distribution saves. */
  readonly crps: { readonly published: ByHorizon };
  /** Of the 80 % bands; `low` and `high` are the scaled ones in the calmest and the busiest third. */
  readonly coverage: Readonly<Record<"plain" | "scaled" | "low" | "high", ByHorizon>>;
  /** Published skill of the same lab on features of another time. */
  readonly placebo: { readonly published: ByHorizon };
  readonly ticks: number;
  readonly jumps: number;
  /** Hash of all that was said, 8 hexadecimal digits. */
  readonly digest: string;
}

/**
 * Runs a course and its placebo and reports on both.
 *
 * @param rotated The course with features of another time.
 */
export function labReport(
  course: Course,
  rotated: Course,
  cfg: LabConfig,
  options: RunOptions = {},
): LabReport {
  const run = runCourse(course, cfg, options);
  const luck = runCourse(rotated, cfg, options);
  const { horizons, ticks, jumps, digest } = run;
  const per = <Value>(of: (outcomes: Outcomes) => Value) => horizons.map(of);
  const coverage = per(({ pit, variance }) => byTercile(centralHits(pit, BAND_SHARE), variance));
  const seed = options.seed ?? 0;
  return {
    skill: { raw: skillsOf(run, "raw"), published: skillsOf(run, "published") },
    interval: { published: per(({ act, published }) => skillInterval(act, published, { seed })) },
    baselines: {
      lastv: skillsOf(run, "lastv"),
      ema: skillsOf(run, "ema"),
      ar1: skillsOf(run, "ar1"),
      ofi: skillsOf(run, "ofi"),
      ridge: ridgeSkills(course, run, cfg.H),
    },
    crps: { published: per(({ crps, walkCrps }) => savedShare(crps, walkCrps)) },
    coverage: {
      plain: per(({ plainHit, variance }) => byTercile(plainHit, variance).all),
      scaled: coverage.map(({ all }) => all),
      low: coverage.map(({ low }) => low),
      high: coverage.map(({ high }) => high),
    },
    placebo: { published: skillsOf(luck, "published") },
    ticks,
    jumps,
    digest,
  };
}

function skillsOf(
  { horizons }: Run,
  name: "raw" | "published" | "lastv" | "ema" | "ar1" | "ofi",
): ByHorizon {
  return horizons.map((outcomes) => skill(outcomes.act, outcomes[name]));
}

/** Skills of a line on all scalars and the last move, over the same origins. */
function ridgeSkills({ scalars, spot }: Course, { horizons }: Run, H: number): ByHorizon {
  const columns = ridgeCeiling([...scalars, lastMoves(spot)], spot, { H });
  return horizons.map(({ act, origin }, i) => skill(act, origin.map((k) => columns[i]![k]!)));
}

/** Move into each tick, ticks; 0 where there was none or it was a jump. */
function lastMoves(spot: Float64Array): Float64Array {
  const moves = new MoveScale();
  return spot.map((price, k) => {
    if (Number.isNaN(price)) return 0;
    moves.take(k, price);
    return moves.isJump || Number.isNaN(moves.move) ? 0 : moves.move;
  });
}
