import type { SessionOutline } from "../../../modules/tape/contract.ts";
import type { Bar, FlowMark } from "./candle_store.ts";

/** What the lower part of a chart shows. */
export type LowerMode = "volume" | "direction" | "flow";

/** Everything that one picture of a chart is made of. */
export interface ChartModel {
  readonly bars: readonly Bar[];
  /** Same length as the bars; NaN where there is none. */
  readonly vwap: Float64Array;
  readonly net: Float64Array;
  readonly gross: Float64Array;
  readonly marks: readonly FlowMark[];
  readonly intervalMs: number;
  readonly lower: LowerMode;
  /** Closing prices of another symbol at the same bars, NaN where there is none; or null. */
  readonly compare: { readonly symbol: string; readonly closes: Float64Array } | null;
  /** Course of the session under way, or null. */
  readonly outline: SessionOutline | null;
  /** Whether what only operators see is drawn too. */
  readonly hasHidden: boolean;
}

/** A place under the pointer. */
export interface ChartPick {
  readonly index: number;
  readonly price: number;
  readonly mark: FlowMark | null;
}

/** Start of the bar that an instant falls into, ms since 1970. */
export function barTs(tsMs: number, intervalMs: number): number {
  return Math.floor(tsMs / intervalMs) * intervalMs;
}
