import type { Phase, RegimeId } from "./control.ts";
import type { Levels, SessionEvent } from "./types.ts";
import { type Tier, UNIVERSE } from "./universe.ts";

/** Ticks of an equity quote in a dollar; dividing by it gives the decimal that the tick stands for. */
export const TICKS_PER_USD = 100;

const BASE_TICKS: Readonly<Record<Tier, number>> = { etf: 0.8, mega: 1.2, large: 2, other: 3 };

const REGIME_FACTOR: Readonly<Record<RegimeId, number>> = {
  trend_up: 1,
  trend_down: 1.1,
  mean_revert: 0.9,
  retail_chase: 1.45,
  event_ramp: 1.6,
  dealer_gamma: 1.2,
  arb_calm: 0.85,
};

/** Widening of an event symbol while the market waits for its event. */
const EVENT_SYMBOL_FACTOR = 1.3;
const OPENING_MINUTES = 15;
/** Half of the three minutes around a market-wide release. */
const RELEASE_HALF_MS = 90_000;

/** What the width of an equity quote depends on besides its symbol. */
export interface SpreadConditions {
  readonly levels: Levels;
  readonly regime: RegimeId;
  readonly phase: Phase;
  /** Minute of the session. */
  readonly minute: number;
  /** Whether a market-wide release is within a minute and a half. */
  readonly nearRelease: boolean;
}

/** Whether a market-wide release lies within a minute and a half of an instant. */
export function nearRelease(events: readonly SessionEvent[], tsMs: number): boolean {
  return events.some((event) =>
    event.kind === "intraday" && Math.abs(tsMs - event.eventTs) <= RELEASE_HALF_MS
  );
}

/** Width of an equity quote before rounding, ticks. Quotes of costly single names are twice as wide. */
export function spreadTicks(symbol: number, at: SpreadConditions, isEvent: boolean): number {
  const underlying = UNIVERSE[symbol];
  if (underlying === undefined) return 1;
  const { volatility, liquidity, cleanliness } = at.levels;
  const costly = !underlying.etf && underlying.price > 400 ? 2 : 1;
  const level = 0.55 + 0.9 * volatility + 0.8 * (1 - liquidity) + 0.6 * (1 - cleanliness);
  const phase = at.minute < OPENING_MINUTES ? 1.35 : at.phase === "power_hour" ? 1.1 : 1;
  const event = at.regime === "event_ramp" && isEvent ? EVENT_SYMBOL_FACTOR : 1;
  return BASE_TICKS[underlying.tier] * costly * level * REGIME_FACTOR[at.regime] * phase * event *
    (at.nearRelease ? 1.5 : 1);
}

/** Whole ticks of a width, at least one. @param z Normal deviate of this quote. */
export function wholeTicks(ticks: number, z: number): number {
  return Math.max(1, Math.round(ticks * (1 + 0.15 * z)));
}

/**
 * Bid of a quote `ticks` wide around a price, in ticks; the ask is `ticks` above. Odd widths centre on a
 * tick and even ones between two, whichever lies nearest.
 */
export function bidTicks(midUsd: number, ticks: number): number {
  return Math.max(1, Math.round(midUsd * TICKS_PER_USD - ticks / 2));
}
