import { log } from "../../dmath/mod.ts";
import { PRICE_UNITS } from "../profile/mod.ts";
import type { Chain } from "./chain.ts";

/** A chain by its strikes: columns of one length, ascending. Made once a chain. */
export class ChainIndex {
  readonly chain: Chain;
  /** 1e-9 points, each once. */
  readonly strikeInt: Float64Array;
  readonly strikePoints: Float64Array;
  /** Of {@link strikePoints}. */
  readonly lnStrike: Float64Array;
  /** Row of the chain with the call of a strike, of several the first; -1 where there is none. */
  readonly callRow: Int32Array;
  /** Likewise of the put. */
  readonly putRow: Int32Array;
  /** Open interest of all calls of a strike, contracts. */
  readonly callOpenInterest: Float64Array;
  readonly putOpenInterest: Float64Array;
  /** Row of the strikes for each row of the chain. */
  readonly strikeRow: Int32Array;

  constructor(chain: Chain) {
    this.chain = chain;
    this.strikeInt = Float64Array.from(new Set(chain.strikeInt)).sort();
    const count = this.strikeInt.length;
    this.strikePoints = this.strikeInt.map((strikeInt) => strikeInt / PRICE_UNITS);
    this.lnStrike = this.strikePoints.map(log);
    this.callRow = new Int32Array(count).fill(-1);
    this.putRow = new Int32Array(count).fill(-1);
    this.callOpenInterest = new Float64Array(count);
    this.putOpenInterest = new Float64Array(count);
    const rowOf = new Map(Array.from(this.strikeInt, (strikeInt, row) => [strikeInt, row]));
    this.strikeRow = Int32Array.from(chain.strikeInt, (strikeInt) => rowOf.get(strikeInt) ?? -1);
    this.strikeRow.forEach((strike, row) => {
      const isCall = chain.isCall[row] === 1;
      const rows = isCall ? this.callRow : this.putRow;
      if (rows[strike] === -1) rows[strike] = row;
      const sums = isCall ? this.callOpenInterest : this.putOpenInterest;
      sums[strike]! += chain.openInterest[row]!;
    });
  }

  /** Row of the strike nearest to a price in 1e-9 points, of two the lower; -1 without strikes. */
  nearest(priceInt: number): number {
    const { strikeInt } = this;
    let best = -1;
    let least = Infinity;
    for (let row = 0; row < strikeInt.length; row++) {
      const distance = Math.abs(strikeInt[row]! - priceInt);
      if (distance >= least) break; // they only get farther
      least = distance;
      best = row;
    }
    return best;
  }
}
