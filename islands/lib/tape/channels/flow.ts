import { exchangeClock, fixed } from "../../text/mod.ts";
import { numberOf, textOf, type Wire, wireOf } from "../../socket/mod.ts";
import { figureColumn, shareText, type TableColumn, timeColumn } from "../../table/mod.ts";
import { premiumColumn } from "../premium_column.ts";
import { contractText } from "../words.ts";
import { contractTerms } from "../contracts.ts";
import { toneOf } from "../side.ts";
import type { TapeRowHead } from "../row_head.ts";
import { contractOfPacket, maybeNumber, maybeText, texts } from "./_wire.ts";
import { defineChannel } from "./channel.ts";

/** A flow packet. */
export interface PacketRow extends TapeRowHead {
  readonly kind: "flow";
  readonly contract: string;
  readonly structure: string;
  readonly startTs: number;
  readonly endTs: number;
  readonly windowMs: number;
  readonly prints: number;
  readonly size: number;
  readonly premium: number;
  /** Share of aggressive prints that bought, and that sold, 0…1. */
  readonly buy: number | null;
  readonly sell: number | null;
  readonly quality: "clean" | "stale" | "missing";
}

function packetRow(wire: Wire): PacketRow {
  const features = wireOf(wire["features"], "features");
  const id = textOf(wire, "id");
  const stale = (maybeNumber(features, "nbbo_stale_count") ?? 0) > 0;
  const coverage = maybeNumber(features, "nbbo_coverage_ratio") ?? 0;
  const ts = numberOf(wire, "source_ts");
  const startTs = maybeNumber(features, "start_ts") ?? ts;
  const endTs = maybeNumber(features, "end_ts") ?? ts;
  return {
    kind: "flow",
    ts,
    seq: numberOf(wire, "seq"),
    id,
    symbol: maybeText(features, "underlying_id"),
    contract: maybeText(features, "option_contract_id") || contractOfPacket(id),
    structure: maybeText(features, "structure_type"),
    startTs,
    endTs,
    windowMs: endTs - startTs,
    prints: maybeNumber(features, "count") ?? texts(wire, "members").length,
    size: maybeNumber(features, "total_size") ?? 0,
    premium: maybeNumber(features, "total_premium") ?? 0,
    buy: maybeNumber(features, "nbbo_aggressive_buy_ratio"),
    sell: maybeNumber(features, "nbbo_aggressive_sell_ratio"),
    quality: coverage < 0.5 ? "missing" : stale ? "stale" : "clean",
  };
}

/** Which way a packet leans, −1 bearish … 1 bullish; 0 for a structure, whose legs lean against each other. */
function lean(row: PacketRow): number {
  const right = row.structure === "" ? contractTerms(row.contract)?.right : undefined;
  const bought = (row.buy ?? 0) - (row.sell ?? 0);
  return right === undefined || bought === 0 ? 0 : right === "C" ? bought : -bought;
}

const QUALITY: Readonly<Record<PacketRow["quality"], string>> = {
  clean: "✓ clean",
  stale: "◌ stale",
  missing: "? none",
};

const COLUMNS: readonly TableColumn<PacketRow>[] = [
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
  figureColumn(
    { id: "prints", label: "Prints", title: "Prints of the packet", width: 46, rank: 4 },
    (row) => row.prints,
  ),
  premiumColumn("Premium, USD"),
  {
    id: "side",
    label: "Side",
    title:
      "Share of aggressive prints that bought or sold, percent. Colour: a call bought or a put sold " +
      "is bullish, a put bought or a call sold bearish, a structure neither",
    width: 80,
    rank: 3,
    isText: true,
    text: (row) => {
      const { buy, sell } = row;
      if (buy === null || sell === null) return "? none";
      if (buy === sell) return buy === 0 ? "● neither" : `● ${shareText(buy)} both`;
      return buy > sell ? `▲ ${shareText(buy)} buy` : `▼ ${shareText(sell)} sell`;
    },
    tone: (row) => row.buy === null || row.sell === null ? "faint" : toneOf(lean(row)),
  },
  figureColumn(
    { id: "window", label: "Window", title: "From first to last print, ms", width: 56, rank: 6 },
    (row) => row.windowMs,
    (value) => fixed(value, 0),
  ),
  figureColumn(
    { id: "size", label: "Size", title: "Contracts", width: 52, rank: 5 },
    (row) => row.size,
    (value) => fixed(value, 0),
  ),
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

/** The flow packets. */
export const FLOW = defineChannel<"flow", PacketRow>({
  name: "flow",
  project: packetRow,
  columns: COLUMNS,
  heeds: ["minPremium", "contract"],
  ranges: ["premium", "size"],
  staleMs: 30_000,
  shows: (row, filter) => row.premium >= filter.minPremium,
  signedPremium: (row) => row.premium * ((row.buy ?? 0) - (row.sell ?? 0)),
  leaningPremium: (row) => row.premium * lean(row),
  opens: ({ id }) => ({ kind: "packet", id }),
});
