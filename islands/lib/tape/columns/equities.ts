import { DASH, fixed } from "../../text/mod.ts";
import type { EquityRow } from "../rows.ts";
import { moneyTone, symbolColumn, type TableColumn, timeColumn } from "../../table/mod.ts";
import { money } from "./words.ts";

/** Columns of the equities tape. */
export const EQUITIES_COLUMNS: readonly TableColumn<EquityRow>[] = [
  timeColumn(),
  symbolColumn(),
  {
    id: "price",
    label: "Price",
    title: "USD",
    width: 64,
    rank: 2,
    text: (row) => fixed(row.price, 2),
    figure: (row) => row.price,
  },
  {
    id: "size",
    label: "Size",
    title: "Shares",
    width: 60,
    rank: 3,
    text: (row) => fixed(row.size, 0),
    figure: (row) => row.size,
  },
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
    title: "Conditions of the print",
    width: 80,
    rank: 7,
    isText: true,
    text: (row) => row.conditions || DASH,
  },
];
