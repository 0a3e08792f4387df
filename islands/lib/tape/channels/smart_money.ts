import { DASH } from "../../text/mod.ts";
import { numberOf, RowWireError, textOf, type Wire, wireOf } from "../../socket/mod.ts";
import {
  BAND,
  figureColumn,
  moneyTone,
  symbolColumn,
  type TableColumn,
  timeColumn,
} from "../../table/mod.ts";
import {
  contractText,
  directionText,
  money,
  PROBABILITY_TITLE,
  probabilityText,
  profileText,
  SCORE_TITLE,
  scoreLine,
  scoreText,
} from "../words.ts";
import { UNRECOGNISED } from "../tape_filter.ts";
import type { TapeRowHead } from "../row_head.ts";
import { contractOfPacket, maybeNumber, maybeText, texts } from "./_wire.ts";
import { defineChannel } from "./channel.ts";

/** A smart-money event. */
export interface SmartRow extends TapeRowHead {
  readonly kind: "smart-money";
  readonly isMulti: boolean;
  readonly structure: string;
  readonly contract: string;
  readonly profile: string | null;
  readonly direction: string;
  /** Score of the best profile, 0…1, cut off at 1. */
  readonly score: number;
  /** How often such an event is right, 0…1; null where that is not known. */
  readonly probability: number | null;
  readonly band: string;
  readonly scores: readonly ScoreRow[];
  readonly reasons: string;
  readonly premium: number;
  readonly size: number;
  readonly prints: number;
  readonly dte: number | null;
  readonly windowMs: number;
  readonly suppressed: string;
  readonly packetIds: readonly string[];
  readonly members: readonly string[];
}

/** What one profile is worth as an explanation. */
export interface ScoreRow {
  readonly profile: string;
  readonly score: number;
  readonly band: string;
  readonly direction: string;
}

function scoresOf(wire: Wire): ScoreRow[] {
  const value = wire["profile_scores"];
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new RowWireError("profile_scores", value);
  return value.map((item) => {
    const score = wireOf(item, "profile_scores");
    return {
      profile: textOf(score, "profile_id"),
      score: numberOf(score, "score"),
      band: textOf(score, "confidence_band"),
      direction: textOf(score, "direction"),
    };
  });
}

function directionSign(direction: string): number {
  return direction === "bullish" ? 1 : direction === "bearish" ? -1 : 0;
}

function smartRow(wire: Wire): SmartRow {
  const features = wireOf(wire["features"], "features");
  const scores = scoresOf(wire);
  const best = scores[0];
  const primary = wire["primary_profile_id"];
  const packetIds = texts(wire, "packet_ids");
  const first = Array.isArray(wire["profile_scores"]) ? wire["profile_scores"][0] : undefined;
  return {
    kind: "smart-money",
    ts: numberOf(wire, "source_ts"),
    seq: numberOf(wire, "seq"),
    id: textOf(wire, "event_id"),
    symbol: textOf(wire, "underlying_id"),
    isMulti: wire["event_kind"] === "multi_leg_event",
    structure: maybeText(features, "structure_type"),
    contract: maybeText(features, "option_contract_id") || contractOfPacket(packetIds[0] ?? ""),
    profile: typeof primary === "string" && wire["abstained"] !== true ? primary : null,
    direction: textOf(wire, "primary_direction"),
    score: best?.score ?? 0,
    probability: maybeNumber(wire, "probability"),
    band: best?.band ?? "low",
    scores,
    reasons: first === undefined ? "" : texts(wireOf(first, "profile_scores"), "reasons").join(" "),
    premium: maybeNumber(features, "total_premium") ?? 0,
    size: maybeNumber(features, "total_size") ?? 0,
    prints: maybeNumber(features, "print_count") ?? 0,
    dte: maybeNumber(features, "dte_days"),
    windowMs: numberOf(wire, "event_window_ms"),
    suppressed: texts(wire, "suppressed_reasons").join(" "),
    packetIds,
    members: texts(wire, "member_print_ids"),
  };
}

const COLUMNS: readonly TableColumn<SmartRow>[] = [
  timeColumn(),
  symbolColumn(),
  {
    id: "profile",
    label: "Profile",
    title: "Kind of trader that scores highest; abstained when the evidence does not do",
    width: 102,
    rank: 2,
    isText: true,
    text: (row) => profileText(row.profile),
    tone: (row) => row.profile === null ? "faint" : "name",
  },
  {
    id: "direction",
    label: "Direction",
    title: "Which way the trade leans",
    width: 52,
    rank: 4,
    isText: true,
    text: (row) => directionText(row.direction)[0],
    tone: (row) => directionText(row.direction)[1],
  },
  {
    id: "p",
    label: "Score",
    title: `${SCORE_TITLE}. Band: H from 0.72, M from 0.52, else L`,
    width: 60,
    rank: 3,
    text: (row) => `${scoreText(row.score)} ${BAND[row.band] ?? ""}`,
    tone: (row) => row.band === "high" && row.profile !== null ? "strong" : "",
    figure: (row) => row.score,
  },
  figureColumn(
    { id: "right", label: "P", title: PROBABILITY_TITLE, width: 48, rank: 5 },
    (row) => row.probability,
    probabilityText,
  ),
  {
    id: "premium",
    label: "Prem",
    title: "Premium of all prints, USD",
    width: 58,
    rank: 6,
    text: (row) => money(row.premium),
    tone: (row) => moneyTone(row.premium),
    figure: (row) => row.premium,
  },
  {
    id: "contract",
    label: "Contract",
    title: "Contract, or kind of structure",
    width: 140,
    rank: 7,
    isText: true,
    text: (row) => row.isMulti ? row.structure || "structure" : contractText(row.contract),
  },
  figureColumn(
    { id: "prints", label: "Prints", title: "Prints of the event", width: 46, rank: 9 },
    (row) => row.prints,
  ),
  figureColumn({
    id: "dte",
    label: "DTE",
    title: "Calendar days to expiry, nearest leg",
    width: 36,
    rank: 8,
  }, (row) => row.dte),
  {
    id: "reasons",
    label: "Why",
    title: "Reasons of the best profile, or why it abstained",
    width: 200,
    rank: 10,
    isText: true,
    text: (row) => (row.suppressed || row.reasons || DASH).replaceAll("_", " "),
  },
];

/** The smart-money events. */
export const SMART_MONEY = defineChannel<"smart-money", SmartRow>({
  name: "smart-money",
  project: smartRow,
  columns: COLUMNS,
  heeds: ["smartOnly", "profile", "minPremium", "contract"],
  ranges: ["premium", "size", "dte", "score"],
  staleMs: null,
  shows(row, filter) {
    if (filter.smartOnly && row.profile === null) return false;
    return (filter.profile === null || (row.profile ?? UNRECOGNISED) === filter.profile) &&
      row.premium >= filter.minPremium;
  },
  signedPremium: (row) => directionSign(row.direction) * row.premium,
  leaningPremium: (row) => directionSign(row.direction) * row.premium,
  classOf: (row) => row.profile === null ? "abstained" : `band-${row.band}`,
  noteOf: (row) => row.profile === null ? "" : scoreLine(row.score, row.probability),
  opens: ({ id }) => ({ kind: "smart-money", id }),
});
