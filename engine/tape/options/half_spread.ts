import { isPenny, tickSize } from "../../options/mod.ts";
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

/** Makers compete so much harder where prices are quoted in cents. */
const PENNY_WIDTH = 0.16;

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
  const { optionWeight = 1, symbol: root = "" } = UNIVERSE[symbol] ?? {};
  const volatilityPart = 0.315 * (vega / 100) * baseIv * Math.sqrt(10 / optionWeight);
  const competition = isPenny(root) ? PENNY_WIDTH : 1;
  const width = 0.5 * (0.004 * mid + volatilityPart + 0.004) * scale * competition;
  return Math.max(tickSize(mid, root) / 2, width);
}

/** Contracts shown on one side, 5 … 400 in a market of full liquidity; `u` uniform in [0, 1). */
export function displayedSize(liquidity: number, u: number): number {
  // Cubed, so that small sizes are common and large ones are not rare.
  return Math.max(1, Math.round((5 + 395 * u * u * u) * (0.4 + 0.8 * liquidity)));
}

function tickCents(cents: number, penny: boolean): 1 | 5 {
  return penny || cents < 300 ? 1 : 5;
}

/** Largest price on tick at or below `usd`, cents; at least 1. @param penny In cents at any price. */
export function bidCents(usd: number, penny: boolean): number {
  const cents = usd * 100;
  const tick = tickCents(cents, penny);
  return Math.max(1, Math.floor(cents / tick + 1e-9) * tick);
}

/** Smallest price on tick at or above `usd` and at least one tick above `bid`, cents. */
export function askCents(usd: number, bid: number, penny: boolean): number {
  const cents = usd * 100;
  const tick = tickCents(cents + 1e-9, penny);
  return Math.max(Math.ceil(cents / tick - 1e-9) * tick, oneTickUp(bid, penny));
}

/** Next price on tick, cents. */
export function oneTickUp(cents: number, penny: boolean): number {
  return cents + tickCents(cents, penny);
}

/** Price on tick before `cents`, at least 1. */
export function oneTickDown(cents: number, penny: boolean): number {
  return Math.max(1, cents - tickCents(cents - 1, penny));
}
