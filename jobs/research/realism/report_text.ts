import type { SampleResult } from "./full_sample.ts";
import { KNOWN_MISSES } from "./known_misses.ts";
import { kindTable, outsideTable, realismTable, type SampledRow } from "./table.ts";
import { groupOf, valueText } from "../../../engine/realism/mod.ts";

/** The two parts of docs/realism.md that are written by the command. */
const PLACES = {
  all: "what deno task test:long wrote",
  outside: "what deno task test:long wrote of the outside",
} as const;
export type Place = keyof typeof PLACES;

/** When a sample was measured, and how long that took. */
export interface ReportFacts {
  /** ISO date. */
  readonly date: string;
  readonly minutes: number;
}

function missText(rows: readonly SampledRow[]): string {
  const missed = rows.filter(({ row }) => row.pass === false);
  if (missed.length === 0) return "No row misses its target.";
  return missed.map(({ row }) => {
    const reason = KNOWN_MISSES[row.id] ?? "not explained yet";
    return `- **${row.id}** (${valueText(row)}; wanted ${row.target}): ${reason}.`;
  }).join("\n");
}

function countText(rows: readonly SampledRow[]): string {
  const count = (wanted: boolean | null) => rows.filter(({ row }) => row.pass === wanted).length;
  return `${count(true)} rows pass, ${count(false)} miss, ${count(null)} saw too little.`;
}

/** The tables and the misses of a sample as Markdown, without what an outsider measures. */
export function reportText({ rows, messages, tallies }: SampleResult, facts: ReportFacts): string {
  const own = rows.filter(({ row }) => groupOf(row) !== "X");
  return [
    `Measured on ${facts.date} in ${facts.minutes.toFixed(0)} minutes: ` +
    `${messages.toLocaleString("en-US")} messages of balanced sessions; ${countText(own)}`,
    realismTable(own),
    "### Misses",
    missText(own),
    "### Kinds of parent orders",
    kindTable(tallies),
  ].join("\n\n");
}

/** What an outsider measures, and what of it misses, as Markdown. */
export function outsideText(rows: readonly SampledRow[], facts: ReportFacts): string {
  const own = rows.filter(({ row }) => groupOf(row) === "X");
  return [
    `Measured on ${facts.date} in ${facts.minutes.toFixed(0)} minutes; ${countText(own)}`,
    outsideTable(own),
    "### What an outsider can tell",
    missText(own),
  ].join("\n\n");
}

/**
 * A document with a new report in the place of the last one.
 *
 * @throws {RangeError} When the document has no place for it.
 */
export function withReport(document: string, report: string, place: Place): string {
  const begin = `<!-- begin of ${PLACES[place]} -->`;
  const end = `<!-- end of ${PLACES[place]} -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new RangeError("Cannot find the place of the report");
  return `${document.slice(0, from)}${begin}\n\n${report}\n\n${document.slice(to)}`;
}
