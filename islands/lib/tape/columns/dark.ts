import { DASH, fixed } from "../../text/mod.ts";
import type { DarkRow } from "../rows.ts";
import { shareText, symbolColumn, type TableColumn, timeColumn } from "../../table/mod.ts";

const DARK_TYPES: Readonly<Record<string, readonly [string, string]>> = {
  absorbed_block: ["■ absorbed block", ""],
  stealth_accumulation: ["▲ accumulation", "up"],
  distribution: ["▼ distribution", "down"],
};

/** Columns of the inferred off-exchange events. */
export const DARK_COLUMNS: readonly TableColumn<DarkRow>[] = [
  timeColumn(),
  symbolColumn(),
  {
    id: "type",
    label: "Inferred",
    title: "What prints off exchange suggest; nobody reported it",
    width: 124,
    rank: 2,
    isText: true,
    text: (row) => DARK_TYPES[row.type]?.[0] ?? row.type,
    tone: (row) => DARK_TYPES[row.type]?.[1] ?? "",
  },
  {
    id: "p",
    label: "Conf %",
    title: "Confidence, percent",
    width: 50,
    rank: 3,
    text: (row) => shareText(row.confidence),
    figure: (row) => row.confidence,
  },
  {
    id: "size",
    label: "Size",
    title: "Shares",
    width: 60,
    rank: 4,
    text: (row) => row.size === null ? DASH : fixed(row.size, 0),
    figure: (row) => row.size ?? -1,
  },
  {
    id: "refs",
    label: "Prints",
    title: "Prints that it rests on",
    width: 46,
    rank: 5,
    text: (row) => `${row.refs.length}`,
    figure: (row) => row.refs.length,
  },
];
