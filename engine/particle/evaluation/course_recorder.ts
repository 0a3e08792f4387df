import type { NodalFields } from "../fields/mod.ts";
import { freshness } from "../freshness.ts";
import type { FeedFrame } from "../producers/mod.ts";
import { placebo } from "../score/mod.ts";
import type { Course } from "./course.ts";

/** A present tick as it was. */
interface Row {
  readonly tick: number;
  readonly spot: number;
  readonly ofi: number;
  /** Scalars by their place in the frame; NaN where stale. */
  readonly scalars: Float64Array;
  readonly medium: NodalFields;
}

/** Notes frames with the media that were made of them, to run the lab over them as often as is asked. */
export class CourseRecorder {
  readonly #rows: Row[] = [];

  /** Takes a present tick; ticks rise. @param medium Is copied. */
  take(frame: FeedFrame, medium: NodalFields): void {
    const { U, C, G, O } = medium;
    this.#rows.push({
      tick: frame.tick,
      spot: frame.spotTicks,
      ofi: valueOf(frame, "flow.ofiNorm"),
      scalars: Float64Array.from(Object.keys(frame.scalars), (name) => valueOf(frame, name, NaN)),
      medium: { U: U.slice(), C: C.slice(), G: G.slice(), O: O.slice() },
    });
  }

  /** What was noted. */
  course(): Course {
    return courseOf(this.#rows, this.#rows);
  }

  /** The same prices, each with the features of half the present ticks away. */
  placebo(): Course {
    const far = placebo(this.#rows.map((_, i) => i));
    return courseOf(this.#rows, Array.from(far, (i) => this.#rows[i]!));
  }
}

/** Value of a scalar, or another one while it is stale. */
function valueOf({ scalars }: FeedFrame, name: string, stale = 0): number {
  const channel = scalars[name];
  return channel !== undefined && freshness(channel.ageS) > 0 ? channel.v : stale;
}

/** @param features One per row: whose flow, scalars and medium the row shows. */
function courseOf(rows: readonly Row[], features: readonly Row[]): Course {
  const firstTick = rows[0]?.tick ?? 0;
  const ticks = (rows.at(-1)?.tick ?? -1) - firstTick + 1;
  const rowAt = new Map(rows.map(({ tick }, i) => [tick - firstTick, i]));
  const column = (of: (at: number) => number | undefined) =>
    Float64Array.from({ length: ticks }, (_, k) => {
      const at = rowAt.get(k);
      return at === undefined ? NaN : of(at) ?? NaN;
    });
  const width = rows[0]?.scalars.length ?? 0;
  const scalars = Array.from({ length: width }, (_, j) => column((at) => features[at]!.scalars[j]));
  return {
    firstTick,
    spot: column((at) => rows[at]!.spot),
    ofi: column((at) => features[at]!.ofi),
    // A channel that was never fed would leave a line no row to learn from.
    scalars: scalars.filter((values) => values.some(Number.isFinite)),
    mediumAt: (k) => {
      const at = rowAt.get(k);
      if (at === undefined) {
        throw new RangeError(`Cannot tell the medium of tick ${k}: it is missing`);
      }
      return features[at]!.medium;
    },
  };
}
