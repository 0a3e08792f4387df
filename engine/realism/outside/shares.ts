import { bound, type RealismRow, rowOf } from "../row.ts";
import type { SeenContract } from "./contracts.ts";
import {
  judgedOn,
  type OutsidePart,
  type SeenEquityPrint,
  type SeenOptionPrint,
  type SeenOptionQuote,
  type SeenSession,
  told,
} from "./part.ts";
import { isMultiLeg } from "./print_sample.ts";

/** A quote older than this is stale, and what the tape's own join has taken so far. */
const STALE_MS = 30_000;
const SHORT_MS = 1_500;
const LEAST_PRINTS = 5_000;
/** Fewest prints of 100 contracts and more for their roundness. */
const LEAST_LARGE = 300;
/** Minutes from which a stretch counts as a session with both auctions. */
const WHOLE_MINUTES = 380;
/** Codes of opening and closing prints: in words, and those of the consolidated tapes. */
const OPENING = /^(O|OPEN\w*)$/;
const CLOSING = /^(6|CLOS\w*)$/;
/** Funds on an index: their options go to other venues than those of stocks. */
const FUNDS: ReadonlySet<string> = new Set(["SPY", "QQQ", "IWM", "DIA"]);

/** Amounts by name. */
class Amounts {
  readonly #of = new Map<string, number>();
  total = 0;

  add(name: string, amount: number): void {
    this.#of.set(name, (this.#of.get(name) ?? 0) + amount);
    this.total += amount;
  }

  share(name: string): number {
    return (this.#of.get(name) ?? 0) / this.total;
  }

  /** Shares, greatest first. */
  shares(): number[] {
    return [...this.#of.values()].map((amount) => amount / this.total).sort((a, b) => b - a);
  }

  /** Half the sum of the differences of shares: 0 for alike, 1 for nothing in common. */
  distance(other: Amounts): number {
    const names = new Set([...this.#of.keys(), ...other.#of.keys()]);
    let sum = 0;
    for (const name of names) sum += Math.abs(this.share(name) - other.share(name));
    return sum / 2;
  }
}

/** A share that is counted. */
class Share {
  cases = 0;
  hits = 0;

  add(isHit: boolean, weight = 1): void {
    this.cases += weight;
    if (isHit) this.hits += weight;
  }

  get value(): number {
    return this.hits / this.cases;
  }
}

/** Who trades what where: shares of volume and of prints. */
export class Shares implements OutsidePart {
  #quoteTs: number[] = [];
  #fromTs = 0;
  #minutes = 0;
  #prints = 0;
  #equityPrints = 0;
  readonly #multi = new Share();
  readonly #calls = new Share();
  readonly #sameDay = new Share();
  readonly #off = new Share();
  readonly #stale = new Share();
  readonly #staleSoon = new Share();
  readonly #missing = new Share();
  readonly #hundreds = new Share();
  readonly #tens = new Share();
  readonly #lots = new Share();
  readonly #opening = new Share();
  readonly #closing = new Share();
  readonly #fundVenues = new Amounts();
  readonly #stockVenues = new Amounts();
  readonly #venues = new Amounts();

  begin({ fromTs }: SeenSession): void {
    this.#quoteTs = [];
    this.#fromTs = fromTs;
  }

  optionQuote({ ts }: SeenOptionQuote, { number }: SeenContract): void {
    this.#quoteTs[number] = ts;
  }

  optionPrint(print: SeenOptionPrint, { number, root, right, dte }: SeenContract): void {
    const { ts, size, exchange } = print;
    this.#prints++;
    this.#multi.add(isMultiLeg(print), size);
    this.#calls.add(right === "C", size);
    if (root === "SPY") this.#sameDay.add(dte === 0, size);
    this.#venues.add(exchange, size);
    (FUNDS.has(root) ? this.#fundVenues : this.#stockVenues).add(exchange, size);
    if (size >= 100) this.#hundreds.add(size % 100 === 0);
    if (size >= 10) this.#tens.add(size % 10 === 0);
    const quoteTs = this.#quoteTs[number];
    this.#missing.add(quoteTs === undefined);
    this.#stale.add(quoteTs === undefined || ts - quoteTs > STALE_MS);
    this.#staleSoon.add(quoteTs === undefined || ts - quoteTs > SHORT_MS);
  }

  equityPrint({ size, offExchangeFlag, conditions }: SeenEquityPrint): void {
    this.#equityPrints++;
    this.#off.add(offExchangeFlag, size);
    this.#lots.add(size % 100 === 0);
    this.#opening.add(conditions.some((code) => OPENING.test(code)), size);
    this.#closing.add(conditions.some((code) => CLOSING.test(code)), size);
  }

  end(untilTs: number): void {
    this.#minutes = Math.max(this.#minutes, (untilTs - this.#fromTs) / 60_000);
  }

  rows(): RealismRow[] {
    return [
      this.#optionShares(),
      this.#venueShares(),
      this.#quoted(),
      this.#sizes(),
      this.#stocks(),
    ];
  }

  #head(id: string, name: string, target: string) {
    return {
      id,
      name,
      target,
      needs: ["options"] as const,
      unit: "option prints",
      n: this.#prints,
      least: LEAST_PRINTS,
    };
  }

  #optionShares(): RealismRow {
    return rowOf({
      ...this.#head(
        "X6",
        "Shares of option volume: several legs, calls, of SPY's expiring the same day",
        "0.30 … 0.45; 0.51 … 0.62; 0.43 … 0.65",
      ),
      basis: "published",
    }, [
      bound("legs", this.#multi.value, 0.3, 0.45),
      bound("calls", this.#calls.value, 0.51, 0.62),
      bound("same day", this.#sameDay.value, 0.43, 0.65),
    ]);
  }

  #venueShares(): RealismRow {
    const shares = this.#venues.shares();
    return rowOf({
      ...this.#head(
        "X6b",
        "Option venues by volume: greatest share over least, and how far the venues of index funds' " +
          "options differ from those of stocks'",
        "≥ 2; ≥ 0.05",
      ),
      basis: "published",
    }, [
      bound("greatest ÷ least", (shares[0] ?? NaN) / (shares.at(-1) ?? NaN), 2),
      told("venues", shares.length),
      bound("funds from stocks", this.#fundVenues.distance(this.#stockVenues), 0.05, 1),
    ]);
  }

  #quoted(): RealismRow {
    return rowOf({
      ...this.#head(
        "X6c",
        "Option prints whose contract's quote is missing or older than 30 s; the same with 1.5 s",
        "≤ 0.06 at steady load",
      ),
      basis: "judged",
      needs: ["options", "nbbo"],
    }, [
      bound("30 s", this.#stale.value, 0, 0.06),
      told("1.5 s", this.#staleSoon.value),
      told("missing", this.#missing.value),
    ]);
  }

  #sizes(): RealismRow {
    return rowOf({
      ...this.#head(
        "X6d",
        "Round sizes: hundreds among option prints of 100 and more, tens among those of 10 and more, " +
          "whole lots of stock prints",
        "≥ 0.15; ≥ 0.20; 0.30 … 0.65",
      ),
      basis: "judged",
      needs: ["options", "equities"],
    }, [
      judgedOn(this.#hundreds.cases, LEAST_LARGE, bound("hundreds", this.#hundreds.value, 0.15, 1)),
      bound("tens", this.#tens.value, 0.2, 1),
      bound("lots", this.#lots.value, 0.3, 0.65),
    ]);
  }

  #stocks(): RealismRow {
    const whole = (each: ReturnType<typeof bound>) => judgedOn(this.#minutes, WHOLE_MINUTES, each);
    return rowOf({
      id: "X6e",
      name: "Shares of stock volume: off exchange, in opening and in closing auctions",
      target: "0.47 … 0.55; 0.005 … 0.03; 0.055 … 0.11",
      basis: "published",
      needs: ["equities"],
      unit: "stock prints",
      n: this.#equityPrints,
      least: LEAST_PRINTS,
    }, [
      // What is published is of a day's volume, a tenth of which trades in the auctions.
      whole(bound("off exchange", this.#off.value, 0.47, 0.55)),
      whole(bound("opening", this.#opening.value, 0.005, 0.03)),
      whole(bound("closing", this.#closing.value, 0.055, 0.11)),
    ]);
  }
}
