import type { EventMark, SmartRow } from "./channels/mod.ts";

/** Prints remembered at most; the oldest are forgotten first. */
const MARK_LIMIT = 20_000;
const EVENT_LIMIT = 5_000;

/** Which prints belong to a recognised event, by print id. */
export class EventMarks {
  /** Goes up whenever prints were marked. */
  version = 0;
  readonly #marks = new Map<string, EventMark>();
  readonly #premiums = new Map<string, number>();
  readonly #listeners = new Set<() => void>();

  /** Premium of an event seen here, USD; null when it was not. */
  premiumOf(eventId: string): number | null {
    return this.#premiums.get(eventId) ?? null;
  }

  /** Forgets all marks: in a replay an event must not show before it happens. */
  clear(): void {
    this.#marks.clear();
    this.#premiums.clear();
    this.version++;
    for (const listener of this.#listeners) listener();
  }

  /** Marks the prints of events; those that abstained mark nothing. */
  add(events: readonly SmartRow[]): void {
    let changed = false;
    for (const event of events) {
      if (event.profile === null) continue;
      this.#premiums.set(event.id, event.premium);
      const { profile, direction, score, probability, band } = event;
      const mark = { eventId: event.id, profile, direction, score, probability, band };
      for (const id of event.members) {
        this.#marks.set(id, mark);
        changed = true;
      }
    }
    for (const id of this.#marks.keys()) {
      if (this.#marks.size <= MARK_LIMIT) break;
      this.#marks.delete(id);
    }
    for (const id of this.#premiums.keys()) {
      if (this.#premiums.size <= EVENT_LIMIT) break;
      this.#premiums.delete(id);
    }
    if (!changed) return;
    this.version++;
    for (const listener of this.#listeners) listener();
  }

  of(printId: string): EventMark | undefined {
    return this.#marks.get(printId);
  }

  /** Calls back when prints were marked. Returns the undo. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
