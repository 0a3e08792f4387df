import { bound, type RealismRow, rowOf } from "../row.ts";
import { LeadLag } from "./lead_lag.ts";
import {
  type OutsidePart,
  type SeenEquityPrint,
  type SeenEquityQuote,
  type SeenSession,
  told,
} from "./part.ts";

const SECOND_MS = 1_000;
const HORIZONS = [1, 5, 60] as const;
/** Most symbols that pairs are made of; the first ones that are quoted. */
const MOST = 64;
/** Index funds: their pairs are twins, and no fund is a stock. */
const FUNDS: ReadonlySet<string> = new Set(["SPY", "QQQ", "IWM", "DIA"]);
/** Stocks by number of prints that count as large. */
const LARGE = 10;
/** Fewest seconds of a session for a figure. */
const LEAST_SECONDS = 1_200;

/** Products of the returns of all pairs over one horizon. */
class Products {
  readonly seconds: number;
  readonly #sums = new Float64Array(MOST * MOST);
  readonly #from = new Float64Array(MOST).fill(NaN);
  readonly #returns = new Float64Array(MOST);

  constructor(seconds: number) {
    this.seconds = seconds;
  }

  forget(): void {
    this.#from.fill(NaN);
  }

  /** Adds a step of the horizon's length. @param logs Log mids, NaN while unknown. */
  step(logs: Float64Array): Float64Array {
    const returns = this.#returns;
    for (let i = 0; i < MOST; i++) {
      // Without a price then or now there is no return, and NaN tells so.
      returns[i] = (logs[i] ?? NaN) - (this.#from[i] ?? NaN);
      this.#from[i] = logs[i] ?? NaN;
    }
    for (let i = 0; i < MOST; i++) {
      const own = returns[i] ?? NaN;
      if (Number.isNaN(own)) continue;
      for (let j = i; j < MOST; j++) {
        const other = returns[j] ?? NaN;
        if (Number.isNaN(other)) continue;
        this.#sums[i * MOST + j] = (this.#sums[i * MOST + j] ?? 0) + own * other;
      }
    }
    return returns;
  }

  /** Sum of squared returns. */
  square(i: number): number {
    return this.#sums[i * MOST + i] ?? 0;
  }

  correlation(i: number, j: number): number {
    const [a, b] = i < j ? [i, j] : [j, i];
    return (this.#sums[a * MOST + b] ?? 0) / Math.sqrt(this.square(i) * this.square(j));
  }
}

function meanOf(values: readonly number[]): number {
  const known = values.filter(Number.isFinite);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

/**
 * How mids move, from quotes alone, at whole seconds: with each other over 1, 5 and 60 s, and each with its
 * own past. Sums go over all sessions; no mean is taken off, which is small against a minute's deviation.
 */
export class PricePaths implements OutsidePart {
  readonly #products = HORIZONS.map((seconds) => new Products(seconds));
  readonly #symbols = new Map<string, number>();
  readonly #prints = new Float64Array(MOST);
  readonly #logs = new Float64Array(MOST).fill(NaN);
  readonly #last = new Float64Array(MOST).fill(NaN);
  /** Sums of return times the next one. */
  readonly #next = new Float64Array(MOST);
  readonly #moved = new Float64Array(MOST);
  readonly #same = new Float64Array(MOST);
  readonly #lead = new LeadLag(["QQQ", "IWM", "DIA"]);
  #nextTs = NaN;
  #second = 0;
  #seconds = 0;

  begin({ fromTs }: SeenSession): void {
    this.#nextTs = Math.ceil(fromTs / SECOND_MS) * SECOND_MS;
    this.#second = 0;
    this.#logs.fill(NaN);
    this.#last.fill(NaN);
    for (const products of this.#products) products.forget();
    this.#lead.begin(fromTs);
  }

  equityQuote({ ts, underlying_id, bid, ask }: SeenEquityQuote): void {
    while (ts >= this.#nextTs) this.#step();
    if (!(bid > 0) || !(ask > 0)) return;
    const log = Math.log((bid + ask) / 2);
    const number = this.#numberOf(underlying_id);
    if (number >= 0) this.#logs[number] = log;
    this.#lead.quote(ts, underlying_id, log);
  }

  equityPrint({ underlying_id }: SeenEquityPrint): void {
    const number = this.#symbols.get(underlying_id);
    if (number !== undefined) this.#prints[number] = (this.#prints[number] ?? 0) + 1;
  }

  #numberOf(symbol: string): number {
    const known = this.#symbols.get(symbol);
    if (known !== undefined) return known;
    if (this.#symbols.size >= MOST) return -1;
    this.#symbols.set(symbol, this.#symbols.size);
    return this.#symbols.size - 1;
  }

  /** Takes the mids that stand at a whole second. */
  #step(): void {
    for (const products of this.#products) {
      if (this.#second % products.seconds !== 0) continue;
      const returns = products.step(this.#logs);
      if (products.seconds === 1) this.#ownPast(returns);
    }
    this.#nextTs += SECOND_MS;
    this.#second++;
    this.#seconds++;
  }

  #ownPast(returns: Float64Array): void {
    for (let i = 0; i < this.#symbols.size; i++) {
      const now = returns[i] ?? NaN;
      const before = this.#last[i] ?? NaN;
      this.#last[i] = now;
      if (Number.isNaN(now) || Number.isNaN(before)) continue;
      this.#next[i] = (this.#next[i] ?? 0) + before * now;
      if (now === 0 || before === 0) continue;
      this.#moved[i] = (this.#moved[i] ?? 0) + 1;
      if (now > 0 === before > 0) this.#same[i] = (this.#same[i] ?? 0) + 1;
    }
  }

  #funds(): readonly number[] {
    return [...this.#symbols].filter(([symbol]) => FUNDS.has(symbol)).map(([, number]) => number);
  }

  /** Numbers of the stocks that print most. */
  #large(): readonly number[] {
    const count = (number: number) => this.#prints[number] ?? 0;
    return [...this.#symbols].filter(([symbol]) => !FUNDS.has(symbol)).map(([, number]) => number)
      .sort((a, b) => count(b) - count(a)).slice(0, LARGE);
  }

  #pairs(numbers: readonly number[], seconds: number): number {
    const products = this.#of(seconds);
    return meanOf(
      numbers.flatMap((a, i) => numbers.slice(i + 1).map((b) => products.correlation(a, b))),
    );
  }

  #of(seconds: number): Products {
    return this.#products.find((each) => each.seconds === seconds) ?? new Products(seconds);
  }

  /** Correlation of SPY with each of some, on average. */
  #withSpy(others: readonly number[], seconds: number): number {
    const spy = this.#symbols.get("SPY");
    if (spy === undefined) return NaN;
    const products = this.#of(seconds);
    return meanOf(others.filter((each) => each !== spy).map((b) => products.correlation(spy, b)));
  }

  rows(): RealismRow[] {
    const head = {
      basis: "judged" as const,
      needs: ["equity-quotes", "equities"] as const,
      unit: "seconds",
      n: this.#seconds,
      least: LEAST_SECONDS,
    };
    return [
      rowOf({
        ...head,
        id: "X4",
        name:
          "Correlation of mids: of index funds with SPY, of SPY with the ten stocks that print most",
        target: "QQQ ≥ 0.80 at 1 s, ≥ 0.90 at 60 s; stocks ≥ 0.45 at 60 s",
      }, this.#twinBounds()),
      rowOf({
        ...head,
        id: "X4b",
        name: "Correlation of the mids of the ten stocks that print most, by horizon (Epps)",
        target: "0.10 … 0.40 at 1 s and rising",
      }, this.#eppsBounds()),
      rowOf({
        ...head,
        id: "X4c",
        name:
          "Moves of a second: autocorrelation with the next, share of next moves with the same sign, " +
          "variance over 60 s over 60 times that of 1 s",
        target: "± 0.05; 0.45 … 0.55; 0.8 … 1.2",
      }, this.#ownBounds()),
      this.#lead.row(),
    ];
  }

  #twinBounds() {
    const funds = this.#funds();
    const qqq = this.#symbols.get("QQQ");
    const twin = qqq === undefined ? [] : [qqq];
    const large = this.#large();
    return [
      bound("QQQ 1 s", this.#withSpy(twin, 1), 0.8, 1),
      told("QQQ 5 s", this.#withSpy(twin, 5)),
      bound("QQQ 60 s", this.#withSpy(twin, 60), 0.9, 1),
      told("funds 1 s", this.#withSpy(funds, 1)),
      told("funds 60 s", this.#withSpy(funds, 60)),
      told("stocks 1 s", this.#withSpy(large, 1)),
      bound("stocks 60 s", this.#withSpy(large, 60), 0.45, 1),
    ];
  }

  #eppsBounds() {
    const large = this.#large();
    const [one, five, sixty] = HORIZONS.map((seconds) => this.#pairs(large, seconds));
    const at1 = one ?? NaN;
    const at5 = five ?? NaN;
    return [
      bound("1 s", at1, 0.1, 0.4),
      bound("5 s", at5, at1, 1),
      bound("60 s", sixty ?? NaN, at5, 1),
    ];
  }

  #ownBounds() {
    const all = [...this.#symbols.values()];
    const spy = this.#symbols.get("SPY");
    const acf = (i: number) => (this.#next[i] ?? NaN) / this.#of(1).square(i);
    const same = (i: number) => (this.#same[i] ?? NaN) / (this.#moved[i] ?? NaN);
    const ratio = (i: number) => this.#of(60).square(i) / this.#of(1).square(i);
    const mean = (of: (i: number) => number) => meanOf(all.map(of));
    return [
      bound("next", mean(acf), -0.05, 0.05),
      bound("same sign", mean(same), 0.45, 0.55),
      bound("variance", mean(ratio), 0.8, 1.2),
      ...(spy === undefined
        ? []
        : [told("SPY next", acf(spy)), told("same sign", same(spy)), told("variance", ratio(spy))]),
    ];
  }
}
