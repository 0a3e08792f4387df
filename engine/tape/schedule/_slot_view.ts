import {
  controlAt,
  type ControlState,
  type SessionMarket,
  type SessionState,
  sessionStateOf,
  UNIVERSE,
} from "../../regime/mod.ts";
import type { Spot } from "./_contracts.ts";
import type { PathTerms } from "./path_terms.ts";
import type { Slot } from "./slot_times.ts";

const DAY_MS = 86_400_000;
const ROLLING_MINUTES = 30;
const FOCUS_SHARE = 0.62;
/** Standard deviation of a normal variable over its mean absolute value, √(π/2). */
const SIGMA_OVER_MEAN = 1.2533141373155;

/** The market as it stands at one slot, with everything that earlier parents did to it. */
export class SlotView {
  readonly slot: Slot;
  readonly control: ControlState;
  readonly market: SessionMarket;
  readonly terms: PathTerms;
  readonly state: SessionState;
  /** Whole second of the session that the slot lies in. */
  readonly second: number;
  /** Seed in force at the session's open. */
  readonly openSeed: number;
  readonly #past: ReadonlySet<number>;

  /** @param past Symbols that reported lately, by index. */
  constructor(
    slot: Slot,
    control: ControlState,
    market: SessionMarket,
    terms: PathTerms,
    past: ReadonlySet<number>,
  ) {
    this.slot = slot;
    this.control = control;
    this.market = market;
    this.terms = terms;
    this.state = sessionStateOf(market, slot.ts);
    this.second = Math.floor((slot.ts - market.session.openTs) / 1_000);
    this.openSeed = controlAt(market.timeline, market.session.openTs).shared_seed;
    this.#past = past;
  }

  /** Price of a symbol a number of seconds before the slot, USD. */
  price(symbol: number, secondsBefore = 0): number {
    const second = Math.max(0, this.second - secondsBefore);
    const { market } = this;
    const base = market.basePrice(symbol, market.session.openTs + second * 1_000);
    return base * (1 + this.terms.at(symbol, second) / 10_000);
  }

  /** Whether the session is old enough to know the move of the last minute. */
  get knowsMove(): boolean {
    return this.second >= 60;
  }

  /** Move over the 60 s before the slot, basis points. */
  moveBps(symbol: number): number {
    const before = this.price(symbol, 60);
    return before > 0 ? (this.price(symbol) / before - 1) * 10_000 : 0;
  }

  /** Model standard deviation of one minute, basis points. */
  sigmaBps(symbol: number): number {
    return this.market.sigma1mBps(symbol, this.slot.ts);
  }

  /**
   * Standard deviation of the one-minute moves of the last half hour from their mean size, as the flow
   * pipeline measures it, basis points; 0 before there are two.
   */
  rollingSigmaBps(symbol: number): number {
    const { market, terms } = this;
    const last = Math.floor(this.second / 60);
    const first = Math.max(0, last - ROLLING_MINUTES);
    if (last - first < 2) return 0;
    let sum = 0;
    for (let minute = first; minute < last; minute++) {
      const base = market.returnBps(symbol, market.session.openTs + minute * 60_000);
      const move = base + terms.at(symbol, minute * 60 + 60) - terms.at(symbol, minute * 60);
      sum += Math.abs(move);
    }
    return SIGMA_OVER_MEAN * sum / (last - first);
  }

  /** The next announced event of a symbol, epoch ms, or null. */
  nextEventTs(symbol: number): number | null {
    let next: number | null = null;
    for (const event of this.market.events) {
      if (event.symbol !== symbol || event.eventTs <= this.slot.ts) continue;
      if (next === null || event.eventTs < next) next = event.eventTs;
    }
    return next;
  }

  /** Whether a symbol reported in the last two sessions. */
  reportedLately(symbol: number): boolean {
    return this.#past.has(symbol);
  }

  /** What pricing needs of a symbol. @param price USD; the price that will stand at the slot. */
  spot(symbol: number, price: number): Spot {
    const eventTs = this.nextEventTs(symbol);
    return {
      symbol,
      ts: this.slot.ts,
      price,
      volatilityLevel: this.state.volatility_level,
      eventTs,
      eventDays: eventTs === null ? null : (eventTs - this.slot.ts) / DAY_MS,
    };
  }

  /** Probability of every symbol for a parent that no event ties down: 62 % go to focus symbols. */
  symbolWeights(): readonly number[] {
    const focus = this.market.focusAt(this.slot.ts);
    let all = 0;
    let focused = 0;
    for (const { optionWeight } of UNIVERSE) all += optionWeight;
    for (const symbol of focus) focused += UNIVERSE[symbol]?.optionWeight ?? 0;
    return UNIVERSE.map(({ optionWeight }, symbol) =>
      (1 - FOCUS_SHARE) * optionWeight / all +
      (focused > 0 && focus.includes(symbol) ? FOCUS_SHARE * optionWeight / focused : 0)
    );
  }
}
