import { bound, type RealismRow, rowOf } from "../row.ts";
import {
  judgedOn,
  type LabelOf,
  type OutsidePart,
  type SeenEvent,
  type SeenOptionPrint,
  type SeenSession,
  told,
} from "./part.ts";

/** Lengths of the windows that times are counted in, s. */
const LOW_S = 40;
const HIGH_S = 200;
/** Starts of the windows within one length. */
const PHASES = 12;
/** Fewest times of a session that are counted. */
const LEAST_TIMES = 160;
/** Fewest windows of the greatest length that a session must have. */
const LEAST_WINDOWS = 30;
/** With fewer times the highest of 160 lengths of noise may come near the bound. */
const LEAST_ALL = 4_000;

/** Variance over mean of the counts of windows of a length that begin at a phase. */
function dispersion(times: readonly number[], fromS: number, untilS: number, length: number) {
  const counts = new Uint32Array(Math.floor((untilS - fromS) / length));
  let n = 0;
  for (const time of times) {
    const window = Math.floor((time - fromS) / length);
    if (window < 0 || window >= counts.length) continue;
    counts[window] = (counts[window] ?? 0) + 1;
    n++;
  }
  const mean = n / counts.length;
  let squares = 0;
  for (const count of counts) squares += (count - mean) ** 2;
  return squares / (counts.length - 1) / mean;
}

/** Variances over means by length and phase, added over sessions. */
class Windows {
  readonly #sums = new Map<number, Float64Array>();
  #sessions = 0;
  #n = 0;
  #times: number[] = [];

  get n(): number {
    return this.#n;
  }

  add(seconds: number): void {
    this.#times.push(seconds);
  }

  /** @param untilS Length of the session, s. */
  end(untilS: number): void {
    const times = this.#times;
    this.#times = [];
    if (times.length < LEAST_TIMES || untilS < LEAST_WINDOWS * HIGH_S) return;
    this.#n += times.length;
    this.#sessions++;
    for (let length = LOW_S; length <= HIGH_S; length++) {
      const sums = this.#sums.get(length) ?? new Float64Array(PHASES);
      this.#sums.set(length, sums);
      for (let phase = 0; phase < PHASES; phase++) {
        sums[phase] = (sums[phase] ?? 0) +
          dispersion(times, length * phase / PHASES, untilS, length);
      }
    }
  }

  /** How much the figure goes up and down once as the windows shift by their length. */
  #swing(sums: Float64Array): number {
    let [re, im] = [0, 0];
    sums.forEach((sum, phase) => {
      re += sum * Math.cos(2 * Math.PI * phase / PHASES);
      im += sum * Math.sin(2 * Math.PI * phase / PHASES);
    });
    return Math.hypot(re, im);
  }

  /** The length with the greatest swing, that over the median of all, and the figure at its best phase. */
  peak(): { readonly ratio: number; readonly seconds: number; readonly figure: number } {
    let best = { swing: NaN, seconds: NaN, figure: NaN };
    const swings: number[] = [];
    for (const [seconds, sums] of this.#sums) {
      // Fewer windows scatter more: a variance of n counts does so by the square root of 1/n.
      const swing = this.#swing(sums) / Math.sqrt(seconds);
      swings.push(swing);
      if (!(swing <= best.swing)) {
        best = { swing, seconds, figure: Math.max(...sums) / this.#sessions };
      }
    }
    swings.sort((a, b) => a - b);
    const ratio = best.swing / (swings[swings.length >> 1] ?? NaN);
    return { ratio, seconds: best.seconds, figure: best.figure };
  }
}

/**
 * Whether named events, and orders where labels tell them, are busier and quieter by a grid of 40 to 200 s. Where
 * they are, counts in windows of the grid's length vary most when the windows begin with it.
 */
export class Lattice implements OutsidePart {
  readonly #events = new Windows();
  readonly #orders = new Windows();
  #labelOf: LabelOf | null = null;
  #fromTs = 0;
  #seen = new Set<number>();

  begin({ fromTs, labelOf }: SeenSession): void {
    this.#fromTs = fromTs;
    this.#labelOf = labelOf;
    this.#seen = new Set();
  }

  optionPrint({ ts, trace_id }: SeenOptionPrint): void {
    const label = this.#labelOf?.(trace_id) ?? null;
    if (label === null || this.#seen.has(label.slot)) return;
    this.#seen.add(label.slot);
    this.#orders.add((ts - this.#fromTs) / 1_000);
  }

  event({ source_ts, primary_profile_id }: SeenEvent): void {
    if (primary_profile_id !== null) this.#events.add((source_ts - this.#fromTs) / 1_000);
  }

  end(untilTs: number): void {
    const untilS = (untilTs - this.#fromTs) / 1_000;
    this.#events.end(untilS);
    this.#orders.end(untilS);
  }

  rows(): RealismRow[] {
    const kinds = [["events", this.#events], ["orders", this.#orders]] as const;
    return [
      rowOf(
        {
          id: "X2b",
          name:
            "Named events, and first prints of orders, counted in windows of 40 to 200 s: how much " +
            "variance over mean swings with where the windows begin, greatest over the median",
          target: "≤ 4",
          basis: "judged",
          needs: ["smart-money"],
          unit: "events and orders",
          n: this.#events.n + this.#orders.n,
          least: LEAST_ALL,
        },
        kinds.flatMap(([of, windows]) => {
          const { ratio, seconds, figure } = windows.peak();
          return [
            judgedOn(windows.n, LEAST_ALL, bound(of, ratio, 0, 4)),
            told("at s", seconds),
            told("variance ÷ mean", figure),
          ];
        }),
      ),
    ];
  }
}
