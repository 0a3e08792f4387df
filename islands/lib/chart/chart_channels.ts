import type { Candle, InferredDark, SmartMoneyEvent } from "../../../engine/frames/mod.ts";
import { type LiveLink } from "../link/mod.ts";
import { numberOf, type Wire } from "../socket/mod.ts";

const SNAPSHOT_CANDLES = 500;
const SNAPSHOT_MARKS = 300;

/** What a chart is told. */
export type ChartMessage =
  & (
    | { readonly kind: "candles"; readonly candles: readonly Candle[] }
    | { readonly kind: "events"; readonly events: readonly SmartMoneyEvent[] }
    | { readonly kind: "dark"; readonly events: readonly InferredDark[] }
  )
  /** True for the first rows, which stand for all before: a replay sends them again when its clock jumps. */
  & { readonly isSnapshot: boolean };

/**
 * Reads the candles of a symbol and what is marked over them. Returns the undo.
 *
 * @param intervalMs Length of a candle, as the server has them.
 */
export function readChart(
  link: LiveLink,
  symbol: string,
  intervalMs: number,
  take: (message: ChartMessage) => void,
): () => void {
  const marks = { underlying_ids: [symbol] };
  const read = (
    name: string,
    wire: Wire,
    snapshot: number,
    message: (rows: readonly unknown[], isSnapshot: boolean) => ChartMessage,
  ) =>
    link.subscribe({ key: `chart:${name}`, wire, snapshot, isProjected: false }, (items) => {
      for (const item of items) {
        if (item.kind !== "gap") take(message(item.rows, item.kind === "snapshot"));
      }
    });
  const ends = [
    read(
      `candles:${symbol}:${intervalMs}`,
      { channel: "equity-candles", underlying_id: symbol, interval_ms: intervalMs },
      SNAPSHOT_CANDLES,
      candleMessage,
    ),
    read(
      `events:${symbol}`,
      { channel: "smart-money", filters: { include_abstained: false }, ...marks },
      SNAPSHOT_MARKS,
      (rows, isSnapshot) => ({ kind: "events", events: rows as SmartMoneyEvent[], isSnapshot }),
    ),
    read(
      `dark:${symbol}`,
      { channel: "inferred-dark", ...marks },
      SNAPSHOT_MARKS,
      (rows, isSnapshot) => ({ kind: "dark", events: rows as InferredDark[], isSnapshot }),
    ),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function candleMessage(rows: readonly unknown[], isSnapshot: boolean): ChartMessage {
  for (const row of rows) numberOf(row as Wire, "close");
  return { kind: "candles", candles: rows as Candle[], isSnapshot };
}
