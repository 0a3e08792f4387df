import { tickSize } from "../../options/mod.ts";
import { type Levels, type Phase, UNIVERSE } from "../../regime/mod.ts";

/** Factor of the market's state on every option half-spread: 1 in a deep and clean market. */
export function spreadScale(levels: Levels, phase: Phase): number {
  const extra = phase === "open"
    ? 0.35
    : phase === "power_hour"
    ? 0.2
    : phase === "after_event"
    ? 0.5
    : 0;
  return 1 + 1.2 * (1 - levels.liquidity) + 0.9 * (1 - levels.cleanliness) + extra;
}

/**
 * Half of a contract's spread before rounding to ticks, USD.
 *
 * @param mid Model price, USD. @param vega USD per 1.00 of volatility.
 * @param baseIv Annual volatility of the symbol. @param scale {@link spreadScale} times what parents add.
 */
export function halfSpread(
  symbol: number,
  mid: number,
  vega: number,
  baseIv: number,
  scale: number,
): number {
  const weight = UNIVERSE[symbol]?.optionWeight ?? 1;
  const volatilityPart = 0.315 * (vega / 100) * baseIv * Math.sqrt(10 / weight);
  const width = 0.5 * (0.004 * mid + volatilityPart + 0.004) * scale;
  return Math.max(tickSize(mid) / 2, width);
}

/** Contracts shown on one side, 5 … 400 in a market of full liquidity; `u` uniform in [0, 1). */
export function displayedSize(liquidity: number, u: number): number {
  // Cubed, so that small sizes are common and large ones are not rare.
  return Math.max(1, Math.round((5 + 395 * u * u * u) * (0.4 + 0.8 * liquidity)));
}

function tickCents(cents: number): 1 | 5 {
  return cents < 300 ? 1 : 5;
}

/** Largest price on tick at or below `usd`, cents; at least 1. */
export function bidCents(usd: number): number {
  const cents = usd * 100;
  const tick = tickCents(cents);
  return Math.max(1, Math.floor(cents / tick + 1e-9) * tick);
}

/** Smallest price on tick at or above `usd` and at least one tick above `bid`, cents. */
export function askCents(usd: number, bid: number): number {
  const cents = usd * 100;
  const tick = cents > 300 - 1e-9 ? 5 : 1;
  return Math.max(Math.ceil(cents / tick - 1e-9) * tick, oneTickUp(bid));
}

/** Next price on tick, cents. */
export function oneTickUp(cents: number): number {
  return cents + tickCents(cents);
}

/** Price on tick before `cents`, at least 1. */
export function oneTickDown(cents: number): number {
  return Math.max(1, cents - (cents <= 300 ? 1 : 5));
}
