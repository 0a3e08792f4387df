import { exchangeClock, fixed, nsToMs, spanText } from "../../text/mod.ts";
import type { ColumnStore } from "../column_store.ts";
import { priceScaleOf, priceText } from "../price_text.ts";
import type { StreamConfig } from "../wire.ts";
import type { BucketSpan } from "./bucket_grid.ts";
import type { TradeStore } from "./trade_store.ts";

/** Lines that a readout has room for. */
export const LINES = 5;

/** What of a history the texts are made of. */
interface TradedHistory {
  readonly config: StreamConfig;
  readonly store: ColumnStore;
  readonly trades: TradeStore;
  readonly baseNs: bigint;
}

/** What traded under the crosshair, as text. */
export interface TradesUnder {
  /** Stretch of time and prices. */
  readonly where: string;
  readonly sums: string;
  /** Time, price, bought, sold, neither, trades; the newest first, of one time the highest price first. */
  readonly lines: readonly (readonly string[])[];
  /** Prices of bins that there is no room for. */
  readonly more: number;
}

/** The trades of a bucket; null when nothing traded there. */
export function tradesUnder(history: TradedHistory, span: BucketSpan): TradesUnder | null {
  const { store, trades, config } = history;
  const scale = priceScaleOf(config);
  const lines: (readonly string[])[] = [];
  let [buy, sell, none, count, largest, cells] = [0, 0, 0, 0, 0, 0];
  const last = Math.min(span.lastPosition, store.last);
  for (let position = last; position >= Math.max(span.firstPosition, store.first); position--) {
    const slot = store.slot(position);
    const ms = nsToMs(history.baseNs) + store.startNs[slot]! / 1e6;
    for (let cell = trades.countAt(slot, store.binSeq[slot]!) - 1; cell >= 0; cell--) {
      const at = trades.index(slot, cell);
      const tick = trades.tick[at]!;
      if (tick < span.lowTick || tick > span.highTick) continue;
      buy += trades.buy[at]!;
      sell += trades.sell[at]!;
      none += trades.none[at]!;
      count += trades.trades[at]!;
      largest = Math.max(largest, trades.largest[at]!);
      cells++;
      if (lines.length === LINES) continue;
      const qtys = [trades.buy[at]!, trades.sell[at]!, trades.none[at]!, trades.trades[at]!];
      const texts = qtys.map((qty) => qty === 0 ? "" : fixed(qty, 0));
      lines.push([exchangeClock(ms, true), priceText(tick, scale), ...texts]);
    }
  }
  if (cells === 0) return null;
  const without = none > 0 ? `, ${fixed(none, 0)} without a side` : "";
  const what = count === 1 ? "1 trade" : `${fixed(count, 0)} trades, largest ${fixed(largest, 0)}`;
  return {
    where: whereText(history, span),
    sums: `bought ${fixed(buy, 0)}, sold ${fixed(sell, 0)}${without} ${config.qtyUnit} in ${what}`,
    lines,
    more: cells - lines.length,
  };
}

function whereText({ config }: TradedHistory, span: BucketSpan): string {
  const bins = span.lastPosition - span.firstPosition + 1;
  const ticks = span.highTick - span.lowTick + 1;
  if (bins === 1 && ticks === 1) return "Traded here";
  return `Traded in ${mergedText(bins * config.cellMs, ticks)}`;
}

/** Text of what one bubble stands for. */
export function mergedText(ms: number, ticks: number): string {
  const time = ms < 1_000 ? `${ms} ms` : spanText(ms);
  return `${time} × ${ticks} ${ticks === 1 ? "tick" : "ticks"}`;
}
