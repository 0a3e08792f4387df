import { newYorkDate } from "../../engine/clock/mod.ts";
import { feedProvenance, isSameFeed, type Provenance } from "../../modules/kit/mod.ts";
import type { Topic } from "../kit/mod.ts";
import type { MarketEvent } from "../market/mod.ts";

/** Which market the order book shows, and who is told when somebody chooses another. */
export class FeedNews {
  #feed: Provenance | null = null;

  /** @param onChange Told of another market than the one before; not of the first. */
  constructor(events: Topic<MarketEvent>, onChange: (feed: Provenance) => void) {
    events.subscribe((event) => {
      if (event.type !== "state") return;
      const before = this.#feed;
      const now = feedProvenance(event.state, (ns) => newYorkDate(BigInt(ns)));
      if (now === null) return;
      this.#feed = now;
      if (before !== null && !isSameFeed(before, now)) onChange(now);
    });
  }

  /** The market that is shown; null before the first is open. */
  get feed(): Provenance | null {
    return this.#feed;
  }
}
