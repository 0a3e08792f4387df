import { greeks, yearsBetween } from "../../options/mod.ts";
import type { LatentMarket, Levels, Phase } from "../../regime/mod.ts";
import type { UnderlyingPath } from "../market_tape_types.ts";
import {
  baseVolatility,
  distanceFactor,
  type StateShares,
  stateShares,
  surfaceVolatility,
} from "../surface/mod.ts";
import { type Contract, daysToEvent } from "./_contract.ts";
import { halfSpread, spreadScale } from "./half_spread.ts";
import type { ParentIndex } from "./pressure.ts";

const LEAST_IV = 0.05;
const MOST_IV = 2.5;

/** What every contract of a second has in common. */
class SecondFrame {
  ts = -1;
  volatility = 0;
  liquidity = 0;
  cleanliness = 0;
  scale = 1;

  set(market: LatentMarket, secondMs: number): void {
    this.ts = secondMs;
    const levels: Levels = market.levelsAt(secondMs);
    const phase: Phase = market.phaseAt(secondMs);
    this.volatility = levels.volatility;
    this.liquidity = levels.liquidity;
    this.cleanliness = levels.cleanliness;
    this.scale = spreadScale(levels, phase);
  }
}

/**
 * Model value, spread and state of any contract at any instant: pure functions of the market, the path and
 * the parents of the last ten minutes, and of nothing that is still to come.
 */
export class QuoteModel {
  readonly #path: UnderlyingPath;
  readonly #market: LatentMarket;
  readonly #parents: ParentIndex;
  readonly #seconds = new SecondFrame();

  constructor(path: UnderlyingPath, parents: ParentIndex) {
    this.#path = path;
    this.#market = path.market;
    this.#parents = parents;
  }

  /** Liquidity level at an instant. */
  liquidity(tsMs: number): number {
    return this.#frame(tsMs).liquidity;
  }

  /** Brings the contract's values up to an instant. */
  value(contract: Contract, tsMs: number): void {
    if (contract.valuedAt === tsMs) return;
    const frame = this.#frame(tsMs);
    const { symbol, strike, right, expiry, key } = contract;
    const spot = this.#path.mid(symbol, tsMs);
    const years = yearsBetween(tsMs, expiry.closeMs);
    const iv = this.volatilityAt(contract, tsMs);
    const { price, vega } = greeks(right, spot, strike, years, iv);
    contract.mid = price;
    contract.iv = iv;
    contract.halfSpread = halfSpread(
      symbol,
      price,
      vega,
      baseVolatility(symbol, frame.volatility),
      frame.scale * this.#parents.spreadFactor(key, tsMs),
    );
    contract.valuedAt = tsMs;
  }

  /** Annual volatility of a contract at an instant, clips up to it included. */
  volatilityAt(contract: Contract, tsMs: number): number {
    const { symbol, strike, expiry } = contract;
    const surface = surfaceVolatility({
      symbol,
      volatilityLevel: this.#frame(tsMs).volatility,
      spot: this.#path.mid(symbol, tsMs),
      strike,
      years: yearsBetween(tsMs, expiry.closeMs),
      eventDays: daysToEvent(this.#market.events, symbol, tsMs),
    });
    return clampIv(surface + this.#parents.pressure(contract.key, tsMs));
  }

  /** Shares of the states that a moment of the contract's quote may find it in. */
  shares(contract: Contract, tsMs: number): StateShares {
    const { symbol, strike, expiry } = contract;
    const { volatility, cleanliness } = this.#frame(tsMs);
    const deviation = baseVolatility(symbol, volatility) *
      Math.sqrt(yearsBetween(tsMs, expiry.closeMs));
    const far = (strike / this.#path.mid(symbol, tsMs) - 1) / deviation;
    return stateShares(cleanliness, distanceFactor(far));
  }

  #frame(tsMs: number): SecondFrame {
    const secondMs = tsMs - tsMs % 1_000;
    if (this.#seconds.ts !== secondMs) this.#seconds.set(this.#market, secondMs);
    return this.#seconds;
  }
}

function clampIv(iv: number): number {
  return iv < LEAST_IV ? LEAST_IV : iv > MOST_IV ? MOST_IV : iv;
}
