import { bound, type RealismRow, rowOf } from "../row.ts";
import type { SeenContract } from "./contracts.ts";
import {
  judgedOn,
  type OutsidePart,
  type SeenOptionPrint,
  type SeenOptionQuote,
  type SeenSession,
  told,
} from "./part.ts";

const SILENCE_MS = 10_000;
const WITHIN_MS = 6_500;
/** Distance of the base: windows lie wholly between these. */
const NEAR_MS = 15_000;
const WINDOWS = Math.floor((90_000 - NEAR_MS) / WITHIN_MS);
const FAR_MS = NEAR_MS + WINDOWS * WITHIN_MS;
/** Entries at the front of a list that were settled, before they are dropped. */
const MOST_GONE = 16_384;
/** Fewest windows of the base with a print in them for a ratio. */
const LEAST_BASE_HITS = 30;

/** What is remembered of one contract. */
interface Track {
  readonly isSpy: boolean;
  /** Time of the last quote or print. */
  lastTs: number;
  /** Times of prints, ascending, no older than a window of the base needs. */
  readonly prints: number[];
}

/** Quotes after silence and windows of their base, with those that saw a print. */
class Count {
  triggers = 0;
  hits = 0;
  windows = 0;
  windowHits = 0;

  /** Adds a quote after silence. */
  add(hits: number, windows: number, windowHits: number): void {
    this.triggers++;
    this.hits += hits;
    this.windows += windows;
    this.windowHits += windowHits;
  }
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function ratioOf({ triggers, hits, windows, windowHits }: Count): number {
  return (hits / triggers) / (windowHits / windows);
}

/**
 * Whether quotes know of prints to come: after ten seconds without quote or print of a contract, how often
 * a quote in it is followed by a print within 6.5 s, against windows as long 15 to 90 s before and after. A
 * print at the quote's own millisecond counts for neither: which of the two came first is not told.
 */
export class LookAhead implements OutsidePart {
  readonly #spy = new Count();
  readonly #all = new Count();
  #fromTs = 0;
  /** By number of the contract. */
  #tracks: Track[] = [];
  /** Quotes after silence that wait until the windows after them are over: their times and contracts. */
  #waitingTs: number[] = [];
  #waiting: Track[] = [];
  #next = 0;

  begin({ fromTs }: SeenSession): void {
    this.#fromTs = fromTs;
    this.#tracks = [];
    this.#waitingTs = [];
    this.#waiting = [];
    this.#next = 0;
  }

  optionQuote({ ts }: SeenOptionQuote, contract: SeenContract): void {
    this.#settle(ts - FAR_MS, ts);
    const track = this.#trackOf(contract);
    if (ts - track.lastTs >= SILENCE_MS) {
      this.#waitingTs.push(ts);
      this.#waiting.push(track);
    }
    track.lastTs = ts;
  }

  optionPrint({ ts }: SeenOptionPrint, contract: SeenContract): void {
    const track = this.#trackOf(contract);
    track.lastTs = ts;
    track.prints.push(ts);
  }

  end(untilTs: number): void {
    this.#settle(Infinity, untilTs);
  }

  #trackOf({ number, root }: SeenContract): Track {
    return this.#tracks[number] ??= { isSpy: root === "SPY", lastTs: this.#fromTs, prints: [] };
  }

  /** Counts the triggers up to an instant, of which everything is known by now. */
  #settle(upToTs: number, nowTs: number): void {
    const waiting = this.#waiting;
    while (this.#next < waiting.length) {
      const [ts, track] = [this.#waitingTs[this.#next], waiting[this.#next]];
      if (ts === undefined || track === undefined || ts >= upToTs) break;
      this.#next++;
      // Its own window must be whole.
      if (ts + WITHIN_MS < nowTs) this.#count(ts, track, nowTs);
    }
    if (this.#next > MOST_GONE) {
      this.#waitingTs = this.#waitingTs.slice(this.#next);
      this.#waiting = waiting.slice(this.#next);
      this.#next = 0;
    }
  }

  #count(ts: number, { isSpy, prints }: Track, nowTs: number): void {
    let old = 0;
    while (old < prints.length && (prints[old] ?? ts) < ts - FAR_MS) old++;
    if (old > 0) prints.splice(0, old);
    let hits = 0;
    let before = 0;
    let after = 0;
    for (const printTs of prints) {
      const offset = printTs - ts;
      if (offset >= FAR_MS) break;
      if (offset > 0 && offset <= WITHIN_MS) hits = 1;
      const window = Math.floor((Math.abs(offset) - NEAR_MS) / WITHIN_MS);
      if (window < 0) continue;
      if (offset > 0) after |= 1 << window;
      else before |= 1 << window;
    }
    const seenAfter = Math.floor((Math.min(FAR_MS, nowTs - ts) - NEAR_MS) / WITHIN_MS);
    const seenBefore = Math.floor((Math.min(FAR_MS, ts - this.#fromTs) - NEAR_MS) / WITHIN_MS);
    const seen = Math.max(0, seenAfter) + Math.max(0, seenBefore);
    const seenHits = bits(after) + bits(before);
    this.#all.add(hits, seen, seenHits);
    if (isSpy) this.#spy.add(hits, seen, seenHits);
  }

  rows(): RealismRow[] {
    const [spy, all] = [this.#spy, this.#all];
    const judged = (of: string, count: Count) =>
      judgedOn(count.windowHits, LEAST_BASE_HITS, bound(of, ratioOf(count), 0, 1.3));
    return [
      rowOf({
        id: "X1",
        name:
          "An option quote after 10 s of silence is followed by a print within 6.5 s: share (%) " +
          "over that of the same contract 15 to 90 s away",
        target: "ratio ≤ 1.3",
        basis: "judged",
        needs: ["nbbo", "options"],
        unit: "quotes after silence",
        n: all.triggers,
        least: 200,
      }, [
        judged("SPY ratio", spy),
        told("SPY after", 100 * spy.hits / spy.triggers),
        told("SPY away", 100 * spy.windowHits / spy.windows),
        judged("all ratio", all),
        told("all after", 100 * all.hits / all.triggers),
        told("all away", 100 * all.windowHits / all.windows),
      ]),
    ];
  }
}
