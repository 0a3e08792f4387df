import { newYorkNs, type SessionWindow, sessionWindow } from "../clock/mod.ts";

/**
 * What is traded: whose orders they are, how prices and quantities are counted, and by its product when.
 * It says nothing of how anybody looks at it. Names as in the instrument file.
 */
export interface Instrument {
  readonly product_type: "equity_mbo" | "future_mbo";
  readonly symbol: string;
  readonly symbol_root: string;
  /** Currency per price unit. */
  readonly price_scale: number;
  /** Currency, > 0; that of an equity is `bucket_size_dollars`. */
  readonly tick_size: number;
  readonly bucket_size_dollars: number;
  readonly rel_tick_size: number;
  /** 1e-9 currency units per tick. */
  readonly tick_int: number;
  /** Currency per point and contract. */
  readonly contract_multiplier: number;
  readonly qty_unit: string;
  readonly price_decimals: number;
}

/** Trading hours of an instrument on a date, epoch ns. */
export interface TradingHours extends SessionWindow {
  /** Open of the regular session, 09:30 New York. */
  readonly openNs: bigint;
}

/**
 * When an instrument trades.
 *
 * @param date New York date, YYYY-MM-DD.
 * @throws {RangeError} When the text is no date.
 */
export function tradingHours(
  { product_type }: Pick<Instrument, "product_type">,
  date: string,
): TradingHours {
  return { ...sessionWindow(product_type, date), openNs: newYorkNs(date, "09:30") };
}
