import { DASH } from "../../text/mod.ts";
import type { AlertRow } from "../rows.ts";
import { shareText, symbolColumn, type TableColumn, timeColumn } from "../../table/mod.ts";
import { directionText, profileText } from "./words.ts";

const SEVERITY: Readonly<Record<AlertRow["severity"], string>> = {
  high: "■ high",
  medium: "▣ medium",
  low: "□ low",
};

/** Columns of the alerts. */
export const ALERTS_COLUMNS: readonly TableColumn<AlertRow>[] = [
  timeColumn(),
  symbolColumn(),
  {
    id: "severity",
    label: "Severity",
    title: "High from a score of 75, medium from 55",
    width: 70,
    rank: 3,
    isText: true,
    text: (row) => SEVERITY[row.severity],
    tone: (row) => row.severity === "high" ? "warn" : "",
  },
  {
    id: "profile",
    label: "Hypothesis",
    title: "Kind of trader that the alert supposes",
    width: 104,
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
  {
    id: "score",
    label: "Score",
    title: "0 to 100",
    width: 44,
    rank: 5,
    text: (row) => `${Math.round(row.score)}`,
    figure: (row) => row.score,
  },
  {
    id: "p",
    label: "P %",
    title: "Probability of the profile, percent",
    width: 40,
    rank: 6,
    text: (row) => shareText(row.probability),
    figure: (row) => row.probability,
  },
  {
    id: "why",
    label: "Evidence",
    title: "What the alert rests on",
    width: 200,
    rank: 7,
    isText: true,
    text: (row) => row.explanations.replaceAll("_", " ") || DASH,
  },
];
