import type { LabelOf, SeenEvent, SeenOptionPrint, SeenSession } from "./part.ts";

/** Events name prints of the last minutes only. */
const KEPT_MS = 10 * 60_000;

/** What is known of a print when an event names it. */
interface Worth {
  readonly slot: number;
  readonly family: string;
  /** USD per unit of the multiplier. */
  readonly premium: number;
}

/** A named event and whether it names what was meant. */
export interface JudgedEvent {
  readonly profile: string;
  /** Score of the named profile, 0…1. */
  readonly score: number;
  /** What the event says of its being right, 0…1; null when it says nothing. */
  readonly probability: number | null;
  readonly isRight: boolean;
}

/**
 * Tells by the labels whether named events are right. An event belongs to the order that most of its premium
 * comes from; one of background prints is wrong whatever it names.
 */
export class EventJudge {
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

  /** Judges an event; null when it names no profile or nobody knows what was meant by its prints. */
  judge(event: SeenEvent): JudgedEvent | null {
    const { primary_profile_id: profile, probability, profile_scores, member_print_ids } = event;
    if (this.#labelOf === null || profile === null) return null;
    const score = profile_scores.find(({ profile_id }) => profile_id === profile)?.score;
    const family = this.#familyOf(member_print_ids);
    if (score === undefined || family === null) return null;
    return { profile, score, probability, isRight: family === profile };
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
}
