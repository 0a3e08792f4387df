import { fixed } from "../text/mod.ts";
import type { StreamConfig } from "./wire.ts";

/** How prices are written. */
export interface PriceScale {
  /** Currency per tick. */
  readonly tickSize: number;
  readonly decimals: number;
}

/** Returns how prices of a market are written. */
export function priceScaleOf(config: StreamConfig): PriceScale {
  return { tickSize: config.tickInt * config.priceScale, decimals: config.priceDecimals };
}

/** Returns the price text of an absolute tick; fractions of a tick allowed. */
export function priceText(tick: number, scale: PriceScale): string {
  const whole = Number.isInteger(tick);
  return fixed(tick * scale.tickSize, whole ? scale.decimals : scale.decimals + 1);
}
