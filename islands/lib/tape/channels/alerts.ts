import { DASH } from "../../text/mod.ts";
import { numberOf, textOf, type Wire, wireOf } from "../../socket/mod.ts";
import { figureColumn, symbolColumn, type TableColumn, timeColumn } from "../../table/mod.ts";
import {
  directionText,
  PROBABILITY_TITLE,
  probabilityText,
  profileText,
  SCORE_TITLE,
  scoreLine,
  scoreText,
} from "../words.ts";
import type { TapeRowHead } from "../row_head.ts";
import { maybeNumber, maybeText, texts } from "./_wire.ts";
import { defineChannel } from "./channel.ts";

/** An alert. */
export interface AlertRow extends TapeRowHead {
  readonly kind: "alerts";
  readonly severity: "high" | "medium" | "low";
  /** 0…100. */
  readonly score: number;
  readonly profile: string;
  readonly direction: string;
  /** Score of the profile, 0…1, cut off at 1. */
  readonly match: number;
  /** How often such an event is right, 0…1; null where that is not known. */
  readonly probability: number | null;
  readonly premium: number | null;
  readonly explanations: string;
  readonly refs: readonly string[];
}

function alertRow(wire: Wire): AlertRow {
  const hits = wire["hits"];
  const hit = Array.isArray(hits) && hits.length > 0 ? wireOf(hits[0], "hits") : null;
  const severity = textOf(wire, "severity");
  const classifier = hit === null ? "" : textOf(hit, "classifier_id");
  const explanations = hit === null ? [] : texts(hit, "explanations");
  const premium = /premium[^0-9]*([\d.]+)/i.exec(explanations.join(" "));
  return {
    kind: "alerts",
    ts: numberOf(wire, "source_ts"),
    seq: numberOf(wire, "seq"),
    id: textOf(wire, "trace_id"),
    symbol: maybeText(wire, "underlying_id"),
    severity: severity === "high" || severity === "medium" ? severity : "low",
    score: numberOf(wire, "score"),
    profile: maybeText(wire, "primary_profile_id") || classifier.replace(/^smart_money_/, ""),
    direction: hit === null ? "unknown" : textOf(hit, "direction"),
    match: hit === null ? 0 : numberOf(hit, "score"),
    probability: maybeNumber(wire, "probability"),
    premium: maybeNumber(wire, "premium") ?? (premium === null ? null : Number(premium[1])),
    explanations: explanations.join(" · "),
    refs: texts(wire, "evidence_refs"),
  };
}

const SEVERITY: Readonly<Record<AlertRow["severity"], string>> = {
  high: "■ high",
  medium: "▣ medium",
  low: "□ low",
};

const COLUMNS: readonly TableColumn<AlertRow>[] = [
  timeColumn(),
  symbolColumn(),
  {
    id: "severity",
    label: "Severity",
    title: "High from a score of 86, medium from 72",
    width: 60,
    rank: 3,
    isText: true,
    text: (row) => SEVERITY[row.severity],
    tone: (row) => row.severity === "high" ? "warn" : "",
  },
  {
    id: "profile",
    label: "Hypothesis",
    title: "Kind of trader that the alert supposes",
    width: 94,
    rank: 2,
    isText: true,
    text: (row) => profileText(row.profile || null),
    tone: () => "name",
  },
  {
    id: "direction",
    label: "Direction",
    title: "Which way the trade leans",
    width: 62,
    rank: 4,
    isText: true,
    text: (row) => directionText(row.direction)[0],
    tone: (row) => directionText(row.direction)[1],
  },
  figureColumn(
    {
      id: "score",
      label: "Score",
      title: "Score of the alert, 0 to 100: profile, premium, quotes and novelty together",
      width: 44,
      rank: 5,
    },
    (row) => row.score,
    (value) => `${Math.round(value)}`,
  ),
  figureColumn(
    {
      id: "p",
      label: "Match",
      title: `${SCORE_TITLE}. Of the profile, 0 to 1`,
      width: 48,
      rank: 6,
    },
    (row) => row.match,
    scoreText,
  ),
  figureColumn(
    { id: "right", label: "P", title: PROBABILITY_TITLE, width: 48, rank: 7 },
    (row) => row.probability,
    probabilityText,
  ),
  {
    id: "why",
    label: "Evidence",
    title: "What the alert rests on",
    width: 200,
    rank: 8,
    isText: true,
    text: (row) => row.explanations.replaceAll("_", " ") || DASH,
  },
];

/** The alerts. */
export const ALERTS = defineChannel<"alerts", AlertRow>({
  name: "alerts",
  project: alertRow,
  columns: COLUMNS,
  heeds: ["profile", "severity"],
  ranges: ["score"],
  figure: (row) => row.match,
  staleMs: null,
  shows(row, filter) {
    if (filter.profile !== null && row.profile !== filter.profile) return false;
    return filter.severity === "all" || row.severity === "high" ||
      row.severity === filter.severity;
  },
  classOf: (row) => `severity-${row.severity}`,
  noteOf: (row) => scoreLine(row.match, row.probability),
  opens: ({ id }) => ({ kind: "alert", id }),
});
