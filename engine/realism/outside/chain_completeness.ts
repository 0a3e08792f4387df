import { type Bound, bound, type RealismRow, rowOf } from "../row.ts";
import type { SeenContract } from "./contracts.ts";
import type { SeenEquityQuote } from "./part.ts";

const LOOK_EVERY_MS = 5 * 60_000;
/** A chain is looked at once quotes had time to come. */
const FIRST_LOOK_MS = 15 * 60_000;
const FRESH_MS = 10 * 60_000;
const MOST_DTE = 45;
/** Strikes of the chain: within this share of spot. */
const AROUND = 0.05;
/** Of the next day's expiry, strikes that nobody could call far. */
const NEAR = 0.016;
const SYMBOLS = 12;

/** The last quote of one strike and right, epoch ms; NaN: never quoted. */
interface Quoted {
  ts: number;
}

/** An expiry: one of its contracts, the strikes that it was seen with, and the last quote of each. */
interface SeenExpiry {
  readonly contract: SeenContract;
  low: number;
  high: number;
  /** By strike and right. */
  readonly quoted: Map<string, Quoted>;
}

/** Expiries of one symbol up to 45 days, with the time of the last quote by strike and right. */
class SymbolChain {
  prints = 0;
  spot = NaN;
  readonly strikes = new Set<number>();
  readonly expiries = new Map<number, SeenExpiry>();
  /** Contracts that should be there, those quoted at all and those quoted lately, over all looks. */
  readonly sums = { all: 0, ever: 0, fresh: 0 };

  /** Takes a contract that was not seen before. @returns Where the time of its quotes is kept. */
  see(contract: SeenContract): Quoted {
    const { expiry, strike, right } = contract;
    this.strikes.add(strike);
    let found = this.expiries.get(expiry);
    if (found === undefined) {
      found = { contract, low: strike, high: strike, quoted: new Map() };
      this.expiries.set(expiry, found);
    }
    found.low = Math.min(found.low, strike);
    found.high = Math.max(found.high, strike);
    const key = `${strike}${right}`;
    // The same terms may come under two forms of id.
    const quoted = found.quoted.get(key) ?? { ts: NaN };
    found.quoted.set(key, quoted);
    return quoted;
  }

  /** Least distance of two strikes that were seen near spot, USD. */
  #step(): number {
    const near = [...this.strikes].filter((strike) => Math.abs(strike / this.spot - 1) <= AROUND)
      .sort((a, b) => a - b);
    let step = Infinity;
    for (let i = 1; i < near.length; i++) {
      step = Math.min(step, (near[i] ?? 0) - (near[i - 1] ?? 0));
    }
    return step;
  }

  /** Times of the last quotes of every contract that should be there; NaN: never. */
  expected(around: number, isWanted: (dte: number) => boolean): number[] {
    const step = this.#step();
    if (!Number.isFinite(step) || Number.isNaN(this.spot)) return [];
    const times: number[] = [];
    for (const { contract, low, high, quoted } of this.expiries.values()) {
      if (!isWanted(contract.dte)) continue;
      const first = Math.ceil(Math.max(low, this.spot * (1 - around)) / step - 1e-9);
      const last = Math.floor(Math.min(high, this.spot * (1 + around)) / step + 1e-9);
      for (let k = first; k <= last; k++) {
        const strike = Math.round(k * step * 1_000) / 1_000;
        for (const right of ["C", "P"]) times.push(quoted.get(`${strike}${right}`)?.ts ?? NaN);
      }
    }
    return times;
  }
}

/**
 * How much of the chains of the most traded symbols is quoted. What should be there is told from what was seen:
 * every expiry of a symbol up to 45 days, with strikes as close as the closest two, from the lowest to the
 * highest that it was seen with, within 5 % of spot.
 */
export class ChainCompleteness {
  #chains = new Map<string, SymbolChain>();
  /** By number of the contract, once it was seen. */
  #quoted: Quoted[] = [];
  #nextTs = Infinity;
  readonly #ended = { all: 0, ever: 0, fresh: 0 };
  /** Of SPY's next expiry near spot: contracts, those ever quoted, and ages in minutes. */
  readonly #next = { all: 0, ever: 0, ages: new Array<number>() };

  begin(fromTs: number): void {
    this.#chains = new Map();
    this.#quoted = [];
    this.#nextTs = fromTs + FIRST_LOOK_MS;
  }

  spot({ ts, underlying_id, bid, ask }: SeenEquityQuote): void {
    if (ts >= this.#nextTs) this.#look(this.#nextTs);
    this.#of(underlying_id).spot = (bid + ask) / 2;
  }

  quote(ts: number, contract: SeenContract): void {
    if (!(contract.dte <= MOST_DTE)) return;
    this.#see(contract).ts = ts;
  }

  print(contract: SeenContract): void {
    this.#of(contract.root).prints++;
    if (contract.dte <= MOST_DTE) this.#see(contract);
  }

  #see(contract: SeenContract): Quoted {
    return this.#quoted[contract.number] ??= this.#of(contract.root).see(contract);
  }

  #of(symbol: string): SymbolChain {
    let chain = this.#chains.get(symbol);
    if (chain === undefined) this.#chains.set(symbol, chain = new SymbolChain());
    return chain;
  }

  #look(ts: number): void {
    this.#nextTs = ts + LOOK_EVERY_MS;
    for (const [symbol, chain] of this.#chains) {
      const times = chain.expected(AROUND, () => true);
      chain.sums.all += times.length;
      chain.sums.ever += times.filter((time) => !Number.isNaN(time)).length;
      chain.sums.fresh += times.filter((time) => ts - time <= FRESH_MS).length;
      if (symbol !== "SPY") continue;
      const next = chain.expected(NEAR, (dte) => dte >= 1 && dte <= 3);
      const ever = next.filter((time) => !Number.isNaN(time));
      this.#next.all += next.length;
      this.#next.ever += ever.length;
      for (const time of ever) this.#next.ages.push((ts - time) / 60_000);
    }
  }

  end(): void {
    Object.assign(this.#ended, this.#sums());
    this.#chains = new Map();
    this.#quoted = [];
  }

  /** Over the symbols with the most prints of every session, the one under way too. */
  #sums() {
    const { all, ever, fresh } = this.#ended;
    const total = { all, ever, fresh };
    const busiest = [...this.#chains.values()].sort((a, b) => b.prints - a.prints).slice(
      0,
      SYMBOLS,
    );
    for (const { sums } of busiest) {
      total.all += sums.all;
      total.ever += sums.ever;
      total.fresh += sums.fresh;
    }
    return total;
  }

  /** The row; `told` makes a number that is not judged. */
  row(told: (of: string, value: number) => Bound): RealismRow {
    const { all, ever, fresh } = this.#sums();
    const ages = [...this.#next.ages].sort((a, b) => a - b);
    return rowOf({
      id: "X5c",
      name:
        "Share of the chain (0 to 45 days, within 5 % of spot) of the 12 symbols with the most " +
        "option prints that was quoted in the last 10 min, and ever; SPY's next day near spot",
      target: "≥ 0.95 in 10 min",
      basis: "judged",
      needs: ["nbbo", "options", "equity-quotes"],
      unit: "contracts × looks, every 5 min",
      n: all,
      least: 1_000,
    }, [
      bound("10 min", fresh / all, 0.95, 1),
      told("ever", ever / all),
      told("SPY next day ever", this.#next.ever / this.#next.all),
      told("median age min", ages[ages.length >> 1] ?? NaN),
    ]);
  }
}
