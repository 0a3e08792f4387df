import type { Candle, InferredDark, SmartMoneyEvent } from "../../../engine/frames/mod.ts";
import { type NamedQuery, numberOf, RowLink, type RowMessage } from "../socket/mod.ts";

const SNAPSHOT_CANDLES = 500;
const SNAPSHOT_MARKS = 300;

/** What a chart is told. */
export type ChartMessage =
  | { readonly kind: "candles"; readonly candles: readonly Candle[]; readonly isSnapshot: boolean }
  | { readonly kind: "events"; readonly events: readonly SmartMoneyEvent[] }
  | { readonly kind: "dark"; readonly events: readonly InferredDark[] }
  | { readonly kind: "state"; readonly isOpen: boolean };

/** The live socket of one chart: its candles and what is marked over them. */
export class ChartLink {
  readonly #link: RowLink;

  constructor(url: string, take: (message: ChartMessage) => void) {
    this.#link = new RowLink(url, (message) => {
      const told = chartMessage(message);
      if (told !== null) take(told);
    });
  }

  /** Follows a symbol at an interval in place of the one before. */
  show(symbol: string, intervalMs: number): void {
    this.#link.follow(`${symbol}:${intervalMs}`, queries(symbol, intervalMs));
  }

  close(): void {
    this.#link.close();
  }
}

function queries(symbol: string, intervalMs: number): readonly NamedQuery[] {
  if (symbol === "") return [];
  const marks = { underlying_ids: [symbol], snapshot_limit: SNAPSHOT_MARKS };
  return [
    {
      name: "candles",
      wire: {
        channel: "equity-candles",
        underlying_id: symbol,
        interval_ms: intervalMs,
        snapshot_limit: SNAPSHOT_CANDLES,
      },
    },
    {
      name: "events",
      wire: { channel: "smart-money", filters: { include_abstained: false }, ...marks },
    },
    { name: "dark", wire: { channel: "inferred-dark", ...marks } },
  ];
}

function chartMessage(message: RowMessage): ChartMessage | null {
  if (message.kind === "state") return message;
  const { name, rows, isSnapshot } = message;
  switch (name) {
    case "candles":
      for (const row of rows) numberOf(row, "close");
      return { kind: "candles", candles: rows as unknown as readonly Candle[], isSnapshot };
    case "events":
      return { kind: "events", events: rows as unknown as readonly SmartMoneyEvent[] };
    case "dark":
      return { kind: "dark", events: rows as unknown as readonly InferredDark[] };
    default:
      return null;
  }
}
