import { bound, type RealismRow, rowOf } from "../row.ts";
import type { SeenContract } from "./contracts.ts";
import {
  judgedOn,
  type OutsidePart,
  type SeenEquityQuote,
  type SeenOptionQuote,
  told,
} from "./part.ts";

const MOST_DTE = 45;
/** Distance of the strike from spot: at the money up to, and out of the money from and up to. */
const NEAR = 0.01;
const OUT_FROM = 0.02;
const OUT_TO = 0.06;
/** Price, USD, below which the programme's other classes have penny ticks too. */
const PENNIES_BELOW_USD = 3;
/** Classes whose options have penny ticks at every price. */
const PENNY: ReadonlySet<string> = new Set(["SPY", "QQQ", "IWM"]);
const LEAST = 300;

/** Counts of spreads, cents. */
class Cents {
  readonly #counts = new Map<number, number>();
  n = 0;

  add(cents: number): void {
    this.#counts.set(cents, (this.#counts.get(cents) ?? 0) + 1);
    this.n++;
  }

  median(): number {
    let seen = 0;
    for (const [cents, times] of [...this.#counts].sort(([a], [b]) => a - b)) {
      seen += times;
      if (2 * seen >= this.n) return cents;
    }
    return NaN;
  }
}

/** Share of prices that are no multiple of five cents. */
class Pennies {
  n = 0;
  odd = 0;

  add(usd: number): void {
    this.n++;
    if (Math.round(usd * 100) % 5 !== 0) this.odd++;
  }

  get share(): number {
    return this.odd / this.n;
  }
}

/** Spreads of SPY's options and the ticks that prices stand on. */
export class Spreads implements OutsidePart {
  readonly #spot = new Map<string, number>();
  readonly #near = new Cents();
  readonly #nearWeeks = new Cents();
  readonly #out = new Cents();
  readonly #pennies = new Pennies();
  readonly #others = new Pennies();

  begin(): void {
    this.#spot.clear();
  }

  equityQuote({ underlying_id, bid, ask }: SeenEquityQuote): void {
    this.#spot.set(underlying_id, (bid + ask) / 2);
  }

  optionQuote({ bid, ask }: SeenOptionQuote, contract: SeenContract): void {
    const { root, dte, strike, right } = contract;
    if (PENNY.has(root)) this.#pennies.add(ask);
    else if (bid >= PENNIES_BELOW_USD) this.#others.add(ask);
    const spot = this.#spot.get(root);
    if (root !== "SPY" || spot === undefined || !(dte <= MOST_DTE)) return;
    const away = (strike / spot - 1) * (right === "C" ? 1 : -1);
    const cents = Math.round((ask - bid) * 100);
    if (Math.abs(away) <= NEAR) {
      this.#near.add(cents);
      if (dte >= 7) this.#nearWeeks.add(cents);
    } else if (away >= OUT_FROM && away <= OUT_TO) this.#out.add(cents);
  }

  rows(): RealismRow[] {
    const near = this.#near;
    const out = this.#out;
    return [
      rowOf({
        id: "X5d",
        name:
          "SPY's option spreads up to 45 days, median of quotes (cents): within 1 % of spot, and 2 " +
          "to 6 % out of the money; prices off five cents: SPY, QQQ, IWM, and others from 3 USD",
        target: "1 … 3; 1 … 2; ≥ 0.6; ≤ 0.02",
        basis: "published",
        needs: ["nbbo", "equity-quotes"],
        unit: "quotes",
        n: near.n + out.n,
        least: LEAST,
      }, [
        judgedOn(near.n, LEAST, bound("near", near.median(), 1, 3)),
        told("near from 7 d", this.#nearWeeks.median()),
        judgedOn(out.n, LEAST, bound("out", out.median(), 1, 2)),
        judgedOn(this.#pennies.n, LEAST, bound("pennies", this.#pennies.share, 0.6, 1)),
        judgedOn(this.#others.n, LEAST, bound("others", this.#others.share, 0, 0.02)),
      ]),
    ];
  }
}
