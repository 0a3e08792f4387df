import { bound, type RealismRow, rowOf } from "../row.ts";
import type { SeenContract } from "./contracts.ts";
import {
  judgedOn,
  type OutsidePart,
  type SeenEquityPrint,
  type SeenEquityQuote,
  type SeenOptionPrint,
  type SeenOptionQuote,
  type SeenSession,
  told,
} from "./part.ts";
import { Periodogram } from "./periodogram.ts";

/** Pieces of 41 s below which the highest of 400 lines of noise may come near the bound. */
const LEAST_PIECES = 40;

/** Lines in the times of records, and of changes of mids. */
export class Rhythm implements OutsidePart {
  readonly #optionQuotes = new Periodogram();
  readonly #optionPrints = new Periodogram();
  readonly #equityQuotes = new Periodogram();
  readonly #equityPrints = new Periodogram();
  readonly #optionMids = new Periodogram();
  readonly #equityMids = new Periodogram();
  #lastMids: number[] = [];
  #lastPrices = new Map<string, number>();

  begin({ fromTs }: SeenSession): void {
    for (const { of } of this.#named()) of.begin(fromTs);
    this.#lastMids = [];
    this.#lastPrices = new Map();
  }

  optionQuote({ ts, bid, ask }: SeenOptionQuote, { number }: SeenContract): void {
    this.#optionQuotes.add(ts);
    const last = this.#lastMids[number];
    const mid = bid + ask;
    if (last !== undefined && last !== mid) this.#optionMids.add(ts);
    this.#lastMids[number] = mid;
  }

  optionPrint({ ts }: SeenOptionPrint): void {
    this.#optionPrints.add(ts);
  }

  equityQuote({ ts, underlying_id, bid, ask }: SeenEquityQuote): void {
    this.#equityQuotes.add(ts);
    const last = this.#lastPrices.get(underlying_id);
    const mid = bid + ask;
    if (last !== undefined && last !== mid) this.#equityMids.add(ts);
    this.#lastPrices.set(underlying_id, mid);
  }

  equityPrint({ ts }: SeenEquityPrint): void {
    this.#equityPrints.add(ts);
  }

  #named(): readonly { readonly name: string; readonly of: Periodogram }[] {
    return [
      { name: "option quotes", of: this.#optionQuotes },
      { name: "option prints", of: this.#optionPrints },
      { name: "equity quotes", of: this.#equityQuotes },
      { name: "equity prints", of: this.#equityPrints },
      { name: "option mids", of: this.#optionMids },
      { name: "equity mids", of: this.#equityMids },
    ];
  }

  rows(): RealismRow[] {
    const bounds = this.#named().flatMap(({ name, of }) => {
      const { ratio, hz } = of.peak();
      return [
        judgedOn(of.pieces, LEAST_PIECES, bound(name, ratio, 0, 1.8)),
        told("at Hz", hz),
      ];
    });
    return [
      rowOf({
        id: "X2",
        name:
          "Highest line of the periodogram from 0.1 to 10 Hz over the median around it: times of " +
          "records, and of changes of mids",
        target: "≤ 1.8",
        basis: "judged",
        unit: "pieces of 41 s",
        n: Math.max(...this.#named().map(({ of }) => of.pieces)),
        least: LEAST_PIECES,
      }, bounds),
    ];
  }
}
