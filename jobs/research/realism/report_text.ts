import type { SampleResult } from "./full_sample.ts";
import { KNOWN_MISSES } from "./known_misses.ts";
import { kindTable, realismTable } from "./table.ts";
import { valueText } from "../../../engine/realism/mod.ts";

const BEGIN = "<!-- begin of what deno task test:long wrote -->";
const END = "<!-- end of what deno task test:long wrote -->";

/** When a sample was measured, and how long that took. */
export interface ReportFacts {
  /** ISO date. */
  readonly date: string;
  readonly minutes: number;
}

function missText({ rows }: SampleResult): string {
  const missed = rows.filter(({ row }) => row.pass === false);
  if (missed.length === 0) return "No row misses its target.";
  return missed.map(({ row }) => {
    const reason = KNOWN_MISSES[row.id] ?? "not explained yet";
    return `- **${row.id}** (${valueText(row)}; wanted ${row.target}): ${reason}.`;
  }).join("\n");
}

/** The tables and the misses of a sample as Markdown. */
export function reportText(result: SampleResult, { date, minutes }: ReportFacts): string {
  const count = (wanted: boolean | null) =>
    result.rows.filter(({ row }) => row.pass === wanted).length;
  return [
    `Measured on ${date} in ${minutes.toFixed(0)} minutes: ` +
    `${result.messages.toLocaleString("en-US")} messages of balanced sessions; ${
      count(true)
    } rows ` +
    `pass, ${count(false)} miss, ${count(null)} saw too little.`,
    realismTable(result.rows),
    "### Misses",
    missText(result),
    "### Kinds of parent orders",
    kindTable(result.tallies),
  ].join("\n\n");
}

/**
 * A document with a new report in the place of the last one.
 *
 * @throws {RangeError} When the document has no place for it.
 */
export function withReport(document: string, report: string): string {
  const from = document.indexOf(BEGIN);
  const to = document.indexOf(END);
  if (from < 0 || to < from) throw new RangeError("Cannot find the place of the report");
  return `${document.slice(0, from)}${BEGIN}\n\n${report}\n\n${document.slice(to)}`;
}
