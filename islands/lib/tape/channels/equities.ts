import { DASH, fixed } from "../../text/mod.ts";
import { numberOf, textOf, type Wire } from "../../socket/mod.ts";
import {
  figureColumn,
  moneyTone,
  symbolColumn,
  type TableColumn,
  timeColumn,
} from "../../table/mod.ts";
import { money } from "../words.ts";
import type { TapeRowHead } from "../row_head.ts";
import { texts } from "./_wire.ts";
import { defineChannel } from "./channel.ts";

/** A print of a stock or ETF. */
export interface EquityRow extends TapeRowHead {
  readonly kind: "equities";
  readonly price: number;
  readonly size: number;
  /** USD. */
  readonly premium: number;
  readonly venue: string;
  readonly isOff: boolean;
  readonly conditions: string;
}

function equityRow(wire: Wire): EquityRow {
  const price = numberOf(wire, "price");
  const size = numberOf(wire, "size");
  return {
    kind: "equities",
    ts: numberOf(wire, "ts"),
    seq: numberOf(wire, "seq"),
    id: textOf(wire, "trace_id"),
    symbol: textOf(wire, "underlying_id"),
    price,
    size,
    premium: price * size,
    venue: textOf(wire, "exchange"),
    isOff: wire["offExchangeFlag"] === true,
    conditions: texts(wire, "conditions").join(" "),
  };
}

const COLUMNS: readonly TableColumn<EquityRow>[] = [
  timeColumn(),
  symbolColumn(),
  figureColumn(
    { id: "price", label: "Price", title: "USD", width: 64, rank: 2 },
    (row) => row.price,
    (value) => fixed(value, 2),
  ),
  figureColumn(
    { id: "size", label: "Size", title: "Shares", width: 60, rank: 3 },
    (row) => row.size,
    (value) => fixed(value, 0),
  ),
  {
    id: "premium",
    label: "Value",
    title: "Price × size, USD",
    width: 60,
    rank: 4,
    text: (row) => money(row.premium),
    tone: (row) => moneyTone(row.premium),
    figure: (row) => row.premium,
  },
  {
    id: "off",
    label: "Off",
    title: "OFF: reported off exchange",
    width: 36,
    rank: 5,
    isText: true,
    text: (row) => row.isOff ? "OFF" : "",
    tone: (row) => row.isOff ? "badge" : "",
  },
  {
    id: "venue",
    label: "Venue",
    title: "Exchange or facility of the print",
    width: 56,
    rank: 6,
    isText: true,
    text: (row) => row.venue,
  },
  {
    id: "info",
    label: "Info",
    title:
      "Conditions of the print; OPENING, CLOSING: all that an auction traded, at its one price",
    width: 80,
    rank: 7,
    isText: true,
    text: (row) => row.conditions || DASH,
  },
];

/** The equities tape. */
export const EQUITIES = defineChannel<"equities", EquityRow>({
  name: "equities",
  project: equityRow,
  columns: COLUMNS,
  heeds: ["offOnly", "minPremium", "contract"],
  ranges: ["premium", "size", "price"],
  staleMs: 15_000,
  shows: (row, filter) => (!filter.offOnly || row.isOff) && row.premium >= filter.minPremium,
  opens: ({ id }) => ({ kind: "equity", id }),
});
