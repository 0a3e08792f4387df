import { fixed } from "../../text/mod.ts";
import { numberOf, textOf, type Wire, wireOf } from "../../socket/mod.ts";
import { figureColumn, symbolColumn, type TableColumn, timeColumn } from "../../table/mod.ts";
import { scoreText } from "../words.ts";
import type { TapeRowHead } from "../row_head.ts";
import { maybeNumber, texts } from "./_wire.ts";
import { defineChannel } from "./channel.ts";

/** Off-exchange activity that prints suggest. */
export interface DarkRow extends TapeRowHead {
  readonly kind: "inferred-dark";
  readonly type: string;
  readonly confidence: number;
  readonly size: number | null;
  readonly price: number | null;
  readonly refs: readonly string[];
}

function darkRow(wire: Wire): DarkRow {
  const meta = wire["meta"] === undefined ? {} : wireOf(wire["meta"], "meta");
  return {
    kind: "inferred-dark",
    ts: numberOf(wire, "source_ts"),
    seq: numberOf(wire, "seq"),
    id: textOf(wire, "trace_id"),
    symbol: textOf(wire, "underlying_id"),
    type: textOf(wire, "type"),
    confidence: numberOf(wire, "confidence"),
    size: maybeNumber(meta, "size") ?? maybeNumber(meta, "total_size"),
    price: maybeNumber(meta, "price") ?? maybeNumber(meta, "avg_price"),
    refs: texts(wire, "evidence_refs"),
  };
}

const DARK_TYPES: Readonly<Record<string, readonly [string, string]>> = {
  absorbed_block: ["■ absorbed block", ""],
  stealth_accumulation: ["▲ accumulation", "up"],
  distribution: ["▼ distribution", "down"],
};

const COLUMNS: readonly TableColumn<DarkRow>[] = [
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
  figureColumn(
    {
      id: "p",
      label: "Score",
      title: "Score of the inference, 0 to 1: it ranks and is no probability",
      width: 50,
      rank: 3,
    },
    (row) => row.confidence,
    scoreText,
  ),
  figureColumn(
    { id: "size", label: "Size", title: "Shares", width: 60, rank: 4 },
    (row) => row.size,
    (value) => fixed(value, 0),
  ),
  figureColumn({
    id: "refs",
    label: "Prints",
    title: "Prints that it rests on",
    width: 46,
    rank: 5,
  }, (row) => row.refs.length),
];

/** The inferred off-exchange activity. */
export const INFERRED_DARK = defineChannel<"inferred-dark", DarkRow>({
  name: "inferred-dark",
  project: darkRow,
  columns: COLUMNS,
  heeds: [],
  ranges: ["score", "size"],
  figure(row, name) {
    if (name === "score") return row.confidence;
    return name === "size" || name === "price" ? row[name] : null;
  },
  staleMs: null,
  shows: () => true,
  opens: ({ id }) => ({ kind: "dark", id }),
});
