/**
 * Trades by price and one by one, bin by bin.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { ACTION, SIDE } from "../dbn/mod.ts";
 * import { CELL } from "../frames/mod.ts";
 * import { type TradeFrame, TradeStage } from "./mod.ts";
 *
 * const frames: TradeFrame[] = [];
 * const stage = new TradeStage({
 *   product_type: "future_mbo",
 *   symbol: "ESH6",
 *   tick_int: 250_000_000,
 *   cell_width_ms: 100,
 *   pressure_model: "complete",
 * }, { baseNs: 0n, emitAfterNs: 0, onBin: (frame) => frames.push(frame) });
 * stage.onEvent(5e7, ACTION.TRADE, SIDE.BID, 6_000e9, 3, 0, 0, 0);
 * stage.onEvent(6e7, ACTION.FILL, SIDE.ASK, 6_000e9, 3, 1, 0, 0); // the same three contracts
 * stage.finish();
 * equal(frames[0]?.cells.columns[CELL.BUY_QTY]?.[0], 3);
 * equal(frames[0]?.cells.columns[CELL.PRICE_TICK]?.[0], 24_000);
 * ```
 *
 * @module
 */

export type { TradeFrame } from "./trade_frame.ts";
export { TradeStage, type TradeState } from "./trade_stage.ts";
