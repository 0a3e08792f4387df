import { DASH, fixed, signed } from "../../text/mod.ts";
import { numberOf, textOf, type Wire } from "../../socket/mod.ts";
import { figureColumn, type TableColumn, timeColumn } from "../../table/mod.ts";
import { premiumColumn } from "../premium_column.ts";
import { contractText, directionText, PROFILE_TEXT, scoreLine } from "../words.ts";
import { contractTerms, daysToExpiry, deltaOf } from "../contracts.ts";
import type { TapeRowHead } from "../row_head.ts";
import { sentimentSign, type Side, SIDES, sideSign, toneOf } from "../side.ts";
import { type TapeFilter, UNRECOGNISED } from "../tape_filter.ts";
import { maybeNumber, texts } from "./_wire.ts";
import { defineChannel, type MarkOf } from "./channel.ts";

/** A print of an option. */
export interface OptionRow extends TapeRowHead {
  readonly kind: "options";
  readonly contract: string;
  readonly right: "C" | "P";
  readonly strike: number | null;
  readonly expiry: string;
  readonly dte: number | null;
  readonly price: number;
  readonly size: number;
  /** USD, multiplier included. */
  readonly premium: number;
  readonly side: Side;
  readonly iv: number | null;
  readonly spot: number | null;
  readonly bid: number | null;
  readonly ask: number | null;
  readonly quoteAgeMs: number | null;
  readonly venue: string;
  readonly conditions: string;
  /** −1…1 of one contract. */
  readonly delta: number | null;
  /** Strike over spot. */
  readonly moneyness: number | null;
  readonly isEtf: boolean;
  readonly isSignal: boolean;
  readonly reasons: string;
}

function sideOf(value: string): Side {
  return SIDES.find((side) => side === value) ?? "MISSING";
}

function noteOfPrint(row: OptionRow, markOf: MarkOf): string {
  const mark = markOf(row.id);
  const event = mark === undefined
    ? ""
    : `${PROFILE_TEXT[mark.profile] ?? mark.profile}, ${directionText(mark.direction)[0]}, ${
      scoreLine(mark.score, mark.probability)
    } · `;
  const age = row.quoteAgeMs === null ? "no quote" : `quote ${row.quoteAgeMs} ms old`;
  return `${event}${age}${row.reasons === "" ? "" : ` · ${row.reasons.replaceAll("_", " ")}`}`;
}

function optionRow(wire: Wire): OptionRow {
  const ts = numberOf(wire, "ts");
  const contract = textOf(wire, "option_contract_id");
  const terms = contractTerms(contract);
  const spot = maybeNumber(wire, "execution_underlying_spot");
  const iv = maybeNumber(wire, "execution_iv");
  return {
    kind: "options",
    ts,
    seq: numberOf(wire, "seq"),
    id: textOf(wire, "trace_id"),
    symbol: textOf(wire, "underlying_id"),
    contract,
    right: terms?.right ?? (wire["option_type"] === "put" ? "P" : "C"),
    strike: terms?.strike ?? null,
    expiry: terms?.expiry ?? "",
    dte: terms === null ? null : daysToExpiry(terms.expiryDay, ts),
    price: numberOf(wire, "price"),
    size: numberOf(wire, "size"),
    premium: numberOf(wire, "notional"),
    side: sideOf(textOf(wire, "nbbo_side")),
    iv,
    spot,
    bid: maybeNumber(wire, "execution_nbbo_bid"),
    ask: maybeNumber(wire, "execution_nbbo_ask"),
    quoteAgeMs: maybeNumber(wire, "execution_nbbo_age_ms"),
    venue: textOf(wire, "exchange"),
    conditions: texts(wire, "conditions").join(" "),
    delta: deltaOf(terms, spot, iv, ts),
    moneyness: terms === null || spot === null || spot <= 0 ? null : terms.strike / spot,
    isEtf: wire["is_etf"] === true,
    isSignal: wire["signal_pass"] === true,
    reasons: texts(wire, "signal_reasons").join(" "),
  };
}

const SIDE_TEXT: Readonly<Record<Side, string>> = {
  AA: "▲▲ AA",
  A: "▲ A",
  MID: "● MID",
  B: "▼ B",
  BB: "▼▼ BB",
  MISSING: "? none",
  STALE: "◌ stale",
};

const QUOTED: readonly Side[] = ["AA", "A", "MID", "B", "BB"];

const COLUMNS: readonly TableColumn<OptionRow>[] = [
  timeColumn(),
  {
    id: "contract",
    label: "Contract",
    title: "Underlying, expiry, strike, call or put",
    width: 140,
    rank: 1,
    isText: true,
    text: (row) => contractText(row.contract),
    tone: () => "name",
  },
  figureColumn(
    { id: "dte", label: "DTE", title: "Calendar days to expiry", width: 36, rank: 8 },
    (row) => row.dte,
  ),
  figureColumn(
    { id: "price", label: "Price", title: "USD per share", width: 54, rank: 5 },
    (row) => row.price,
    (value) => fixed(value, 2),
  ),
  figureColumn(
    { id: "size", label: "Size", title: "Contracts", width: 48, rank: 4 },
    (row) => row.size,
    (value) => fixed(value, 0),
  ),
  premiumColumn("Premium, USD: price × size × 100"),
  {
    id: "side",
    label: "Side",
    title: "Against the quote standing then: AA above ask, A at ask, B at bid, BB below bid. " +
      "Colour: a call bought or a put sold is bullish, a put bought or a call sold bearish",
    width: 54,
    rank: 3,
    isText: true,
    text: (row) => SIDE_TEXT[row.side],
    tone: (row) => QUOTED.includes(row.side) ? toneOf(sentimentSign(row.side, row.right)) : "faint",
  },
  figureColumn(
    {
      id: "iv",
      label: "IV %",
      title: "Volatility at the print, percent a year",
      width: 46,
      rank: 9,
    },
    (row) => row.iv,
    (value) => (value * 100).toFixed(1),
  ),
  figureColumn(
    {
      id: "delta",
      label: "Δ",
      title: "Delta of one contract, from volatility and spot at the print",
      width: 46,
      rank: 12,
    },
    (row) => row.delta,
    (value) => signed(value, 2),
    -2,
  ),
  figureColumn(
    { id: "spot", label: "Spot", title: "Underlying at the print, USD", width: 62, rank: 7 },
    (row) => row.spot,
    (value) => fixed(value, 2),
  ),
  {
    id: "nbbo",
    label: "Bid × ask",
    title: "Best quote standing at the print, USD",
    width: 104,
    rank: 10,
    text: (row) =>
      row.bid === null || row.ask === null ? DASH : `${fixed(row.bid, 2)} × ${fixed(row.ask, 2)}`,
  },
  figureColumn(
    { id: "moneyness", label: "K/S", title: "Strike over spot", width: 48, rank: 13 },
    (row) => row.moneyness,
    (value) => value.toFixed(3),
  ),
  {
    id: "venue",
    label: "Venue",
    title: "Exchange of the print",
    width: 56,
    rank: 11,
    isText: true,
    text: (row) => row.venue,
  },
  {
    id: "info",
    label: "Info",
    title: "Conditions of the print",
    width: 72,
    rank: 14,
    isText: true,
    text: (row) => row.conditions || DASH,
  },
];

/** What the server tests too: streams may be shared, and what is kept off is counted here. */
function isWanted(row: OptionRow, filter: TapeFilter): boolean {
  const { right, security } = filter;
  return filter.sides.includes(row.side) && (filter.view === "raw" || row.isSignal) &&
    (right === "both" || (right === "call") === (row.right === "C")) &&
    (security === "all" || (security === "etf") === row.isEtf) &&
    row.premium >= filter.minPremium;
}

/** The options tape. */
export const OPTIONS = defineChannel<"options", OptionRow>({
  name: "options",
  project: optionRow,
  columns: COLUMNS,
  heeds: [
    "contract",
    "view",
    "sides",
    "right",
    "security",
    "minPremium",
    "smartOnly",
    "profile",
  ],
  ranges: ["premium", "size", "dte", "delta", "iv", "moneyness", "price"],
  staleMs: 15_000,
  shows(row, filter, markOf) {
    if (filter.contract === null && !isWanted(row, filter)) return false;
    const mark = markOf(row.id);
    if (filter.profile !== null && (mark?.profile ?? UNRECOGNISED) !== filter.profile) return false;
    return !filter.smartOnly || mark !== undefined;
  },
  signedPremium: (row) => sideSign(row.side) * row.premium,
  leaningPremium: (row) => sentimentSign(row.side, row.right) * row.premium,
  signedDelta: (row) => row.delta === null ? 0 : sideSign(row.side) * row.delta * row.size * 100,
  classOf(row, markOf) {
    const mark = markOf(row.id);
    return mark === undefined ? "" : `marked band-${mark.band}`;
  },
  noteOf: noteOfPrint,
  opens(row, markOf) {
    const mark = markOf(row.id);
    return mark === undefined
      ? { kind: "print", id: row.id }
      : { kind: "smart-money", id: mark.eventId };
  },
});
