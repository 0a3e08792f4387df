import { bound, type RealismRow, rowOf } from "../row.ts";
import {
  type LabelOf,
  type OutsidePart,
  type SeenEvent,
  type SeenOptionPrint,
  type SeenSession,
  told,
} from "./part.ts";

const BINS = 10;
/** Events name prints of the last minutes only. */
const KEPT_MS = 10 * 60_000;
const LEAST_EVENTS = 200;

/** What is known of a print when an event names it. */
interface Worth {
  readonly slot: number;
  readonly family: string;
  /** USD per unit of the multiplier. */
  readonly premium: number;
}

/**
 * Whether a named event's first number is the share of such events that are right. An event belongs to the order
 * that most of its premium comes from; one of background prints is wrong whatever it names.
 *
 * @see Guo et al. (2017), "On calibration of modern neural networks", for the error.
 */
export class Calibration implements OutsidePart {
  readonly #n = new Float64Array(BINS);
  readonly #right = new Float64Array(BINS);
  readonly #sum = new Float64Array(BINS);
  #labelOf: LabelOf | null = null;
  #prints = new Map<string, Worth>();
  #before = new Map<string, Worth>();
  #turnTs = 0;

  begin({ labelOf, fromTs }: SeenSession): void {
    this.#labelOf = labelOf;
    this.#prints = new Map();
    this.#before = new Map();
    this.#turnTs = fromTs + KEPT_MS;
  }

  optionPrint({ ts, trace_id, price, size }: SeenOptionPrint): void {
    if (this.#labelOf === null) return;
    if (ts >= this.#turnTs) {
      this.#turnTs = ts + KEPT_MS;
      this.#before = this.#prints;
      this.#prints = new Map();
    }
    const label = this.#labelOf(trace_id);
    this.#prints.set(trace_id, {
      slot: label?.slot ?? -1,
      family: label?.family ?? "",
      premium: price * size,
    });
  }

  event({ member_print_ids, primary_profile_id, profile_scores }: SeenEvent): void {
    if (this.#labelOf === null || primary_profile_id === null) return;
    const p = profile_scores.find(({ profile_id }) => profile_id === primary_profile_id)
      ?.probability;
    const family = this.#familyOf(member_print_ids);
    if (p === undefined || family === null) return;
    const bin = Math.min(BINS - 1, Math.floor(p * BINS + 1e-9));
    this.#n[bin] = (this.#n[bin] ?? 0) + 1;
    this.#sum[bin] = (this.#sum[bin] ?? 0) + p;
    if (family === primary_profile_id) this.#right[bin] = (this.#right[bin] ?? 0) + 1;
  }

  /** Family of the order with the most premium; empty: background; null: none of the prints is known. */
  #familyOf(ids: readonly string[]): string | null {
    const sums = new Map<number, number>();
    let best: Worth | null = null;
    for (const id of ids) {
      const worth = this.#prints.get(id) ?? this.#before.get(id);
      if (worth === undefined) continue;
      const sum = (sums.get(worth.slot) ?? 0) + worth.premium;
      sums.set(worth.slot, sum);
      if (best === null || sum > (sums.get(best.slot) ?? 0)) best = worth;
    }
    return best?.family ?? null;
  }

  rows(): RealismRow[] {
    const total = this.#n.reduce((a, b) => a + b, 0);
    let error = 0;
    const curve = [];
    for (let bin = 0; bin < BINS; bin++) {
      const n = this.#n[bin] ?? 0;
      if (n === 0) continue;
      const right = (this.#right[bin] ?? 0) / n;
      error += n / total * Math.abs(right - (this.#sum[bin] ?? 0) / n);
      curve.push(told(`right at ${(bin / BINS).toFixed(1)}`, right));
    }
    return [
      rowOf({
        id: "X8",
        name:
          "What a named event's first number says against the share that is right: mean error, and " +
          "share right by tenth",
        target: "error ≤ 0.02",
        basis: "judged",
        needs: ["options", "smart-money", "labels"],
        unit: "named events",
        n: total,
        least: LEAST_EVENTS,
      }, [bound("error", total === 0 ? NaN : error, 0, 0.02), ...curve]),
    ];
  }
}
