import { exchangeClock, fixed } from "../../text/mod.ts";
import type { PacketRow } from "../rows.ts";
import { moneyTone, shareText, type TableColumn, timeColumn } from "../../table/mod.ts";
import { contractText, money } from "./words.ts";

const QUALITY: Readonly<Record<PacketRow["quality"], string>> = {
  clean: "✓ clean",
  stale: "◌ stale",
  missing: "? none",
};

/** Columns of the flow packets. */
export const PACKETS_COLUMNS: readonly TableColumn<PacketRow>[] = [
  { ...timeColumn(), text: (row) => exchangeClock(row.startTs, true) },
  {
    id: "contract",
    label: "Contract",
    title: "Contract, or root and kind of structure",
    width: 140,
    rank: 1,
    isText: true,
    text: (row) =>
      row.structure === "" ? contractText(row.contract) : `${row.symbol} ${row.structure}`,
    tone: () => "name",
  },
  {
    id: "prints",
    label: "Prints",
    title: "Prints of the packet",
    width: 46,
    rank: 4,
    text: (row) => `${row.prints}`,
    figure: (row) => row.prints,
  },
  {
    id: "premium",
    label: "Prem",
    title: "Premium, USD",
    width: 58,
    rank: 2,
    text: (row) => money(row.premium),
    tone: (row) => moneyTone(row.premium),
    figure: (row) => row.premium,
  },
  {
    id: "side",
    label: "Side",
    title: "Share of aggressive prints that bought or sold, percent",
    width: 66,
    rank: 3,
    isText: true,
    text: (row) => {
      const { buy, sell } = row;
      if (buy === null || sell === null) return "? none";
      return buy >= sell ? `▲ ${shareText(buy)} buy` : `▼ ${shareText(sell)} sell`;
    },
    tone: (row) =>
      row.buy === null || row.sell === null ? "faint" : row.buy >= row.sell ? "up" : "down",
  },
  {
    id: "window",
    label: "Window",
    title: "From first to last print, ms",
    width: 56,
    rank: 6,
    text: (row) => fixed(row.windowMs, 0),
    figure: (row) => row.windowMs,
  },
  {
    id: "size",
    label: "Size",
    title: "Contracts",
    width: 52,
    rank: 5,
    text: (row) => fixed(row.size, 0),
    figure: (row) => row.size,
  },
  {
    id: "quality",
    label: "Quotes",
    title: "Quality of the quotes that the prints were compared with",
    width: 62,
    rank: 7,
    isText: true,
    text: (row) => QUALITY[row.quality],
    tone: (row) => row.quality === "clean" ? "" : "warn",
  },
];
