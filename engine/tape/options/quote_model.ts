import { greeks, yearsBetween } from "../../options/mod.ts";
import { type LatentMarket, type Levels, type Phase, UNIVERSE } from "../../regime/mod.ts";
import type { UnderlyingPath } from "../market_tape_types.ts";
import {
  baseVolatility,
  isHalved,
  QUOTE_STATE,
  type QuoteState,
  stretchDistance,
  stretchStart,
  surfaceVolatility,
  writeEpisodes,
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
  scale = 1;
  readonly spot = new Float64Array(UNIVERSE.length);

  set(path: UnderlyingPath, tsMs: number): void {
    if (this.ts === tsMs) return;
    this.ts = tsMs;
    this.spot.fill(0);
    const levels: Levels = path.market.levelsAt(tsMs);
    const phase: Phase = path.market.phaseAt(tsMs);
    this.volatility = levels.volatility;
    this.liquidity = levels.liquidity;
    this.scale = spreadScale(levels, phase);
  }
}

/**
 * Model value, spread and state of any contract at any whole second: pure functions of the market, the path
 * and the parents of the last ten minutes. Keeps the two last seconds of what contracts share.
 */
export class QuoteModel {
  readonly #path: UnderlyingPath;
  readonly #market: LatentMarket;
  readonly #parents: ParentIndex;
  readonly #frames = [new SecondFrame(), new SecondFrame()];
  readonly #cleanliness: (tsMs: number) => number;

  constructor(path: UnderlyingPath, parents: ParentIndex) {
    this.#path = path;
    this.#market = path.market;
    this.#parents = parents;
    this.#cleanliness = (tsMs) => this.#market.levelsAt(tsMs).cleanliness;
  }

  /** Liquidity level of a second. */
  liquidity(secondMs: number): number {
    return this.#frame(secondMs).liquidity;
  }

  /** Brings the contract's values and those of the second before up to date. */
  value(contract: Contract, secondMs: number): void {
    if (contract.valuedAt === secondMs) return;
    if (contract.valuedAt !== secondMs - 1_000) this.#compute(contract, secondMs - 1_000);
    contract.midBefore = contract.mid;
    contract.ivBefore = contract.iv;
    this.#compute(contract, secondMs);
    contract.valuedAt = secondMs;
  }

  /** Annual volatility of a contract at an instant, clips up to it included. */
  volatilityAt(contract: Contract, tsMs: number): number {
    const secondMs = tsMs - tsMs % 1_000;
    const surface = this.#surface(contract, secondMs);
    return clampIv(surface + this.#parents.pressure(contract.key, tsMs));
  }

  /** Follows the contract's quote states to the end of a second; then {@link stateAt} may be asked. */
  follow(contract: Contract, secondMs: number): void {
    const start = stretchStart(contract.draws, secondMs);
    const untilMs = secondMs + 1_000;
    if (contract.stretch === start && contract.episodesEnd >= untilMs) return;
    contract.stretch = start;
    contract.episodesEnd = writeEpisodes(
      contract.episodes,
      contract.draws,
      start,
      untilMs,
      stretchDistance(
        this.#market,
        contract.symbol,
        contract.strike,
        contract.expiry.closeMs,
        start,
      ),
      this.#cleanliness,
    );
  }

  /**
   * State in force at the i-th episode of the contract; half of the bad ones do not happen while a
   * multi-leg parent trades the contract.
   */
  stateOf(contract: Contract, episode: number): QuoteState {
    const ts = contract.episodes[2 * episode] ?? 0;
    const state = (contract.episodes[2 * episode + 1] ?? 0) as QuoteState;
    if (state === QUOTE_STATE.clean || this.#parents.legsInPlay(contract.key, ts) < 2) return state;
    return isHalved(contract.draws, ts) ? QUOTE_STATE.clean : state;
  }

  #frame(secondMs: number): SecondFrame {
    const frame = this.#frames[(secondMs / 1_000) & 1] as SecondFrame;
    frame.set(this.#path, secondMs);
    return frame;
  }

  #spot(frame: SecondFrame, symbol: number): number {
    let spot = frame.spot[symbol] ?? 0;
    if (spot === 0) {
      spot = this.#path.mid(symbol, frame.ts);
      frame.spot[symbol] = spot;
    }
    return spot;
  }

  #surface(contract: Contract, secondMs: number): number {
    const frame = this.#frame(secondMs);
    const { symbol, strike, expiry } = contract;
    return surfaceVolatility({
      symbol,
      volatilityLevel: frame.volatility,
      spot: this.#spot(frame, symbol),
      strike,
      dte: expiry.dte,
      years: yearsBetween(secondMs, expiry.closeMs),
      eventDays: daysToEvent(this.#market.events, symbol, secondMs),
    });
  }

  #compute(contract: Contract, secondMs: number): void {
    const frame = this.#frame(secondMs);
    const { symbol, strike, right, expiry, key } = contract;
    const spot = this.#spot(frame, symbol);
    const years = yearsBetween(secondMs, expiry.closeMs);
    const iv = clampIv(this.#surface(contract, secondMs) + this.#parents.pressure(key, secondMs));
    const { price, vega } = greeks(right, spot, strike, years, iv);
    contract.mid = price;
    contract.iv = iv;
    contract.halfSpread = halfSpread(
      symbol,
      price,
      vega,
      baseVolatility(symbol, frame.volatility),
      frame.scale * this.#parents.spreadFactor(key, secondMs),
    );
  }
}

function clampIv(iv: number): number {
  return iv < LEAST_IV ? LEAST_IV : iv > MOST_IV ? MOST_IV : iv;
}
