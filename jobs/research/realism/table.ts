import { PROFILE_TEMPLATES } from "../../../engine/tape/schedule/mod.ts";
import { ELSEWHERE } from "./elsewhere.ts";
import { KNOWN_MISSES } from "./known_misses.ts";
import {
  GROUPS,
  type RealismRow,
  type Tallies,
  valueText,
  verdict,
} from "../../../engine/realism/mod.ts";

/** A measured row and what it was measured on. */
export interface SampledRow {
  readonly row: RealismRow;
  /** Sessions and seeds. */
  readonly sample: string;
}

const MORE_GROUPS: readonly string[] = ["A", "W", "E"];

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function line(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(" | ")} |`;
}

function order(id: string): number {
  const letters = [...GROUPS.map(([letter]) => letter), ...MORE_GROUPS];
  return 1_000 * letters.indexOf(id.charAt(0)) + parseInt(id.slice(1), 10);
}

function sampleText({ row, sample }: SampledRow): string {
  return `${sample}; ${row.n.toLocaleString("en-US")} ${row.unit}`;
}

/** Rows that miss their target and are not known to. */
export function surprises(rows: readonly SampledRow[]): string[] {
  return rows.filter(({ row }) => row.pass === false && KNOWN_MISSES[row.id] === undefined)
    .map(({ row }) => row.id);
}

/** Every row as Markdown: those measured here, and those that a test or a bench of their own measures. */
export function realismTable(rows: readonly SampledRow[]): string {
  const lines = [
    ...rows.map((each) => ({
      id: each.row.id,
      text: line([
        each.row.id,
        each.row.name,
        each.row.target,
        valueText(each.row),
        sampleText(each),
        verdict(each.row),
      ]),
    })),
    ...ELSEWHERE.map(({ id, name, target, by }) => ({
      id,
      text: "file" in by
        ? line([id, name, target, "asserted by the test", by.file, "test"])
        : line([id, name, target, "in benchmarks.md", by.command, "bench"]),
    })),
  ];
  lines.sort((a, b) => order(a.id) - order(b.id) || (a.id < b.id ? -1 : 1));
  return [
    line(["Row", "Property", "Target", "Measured", "Sample", "Verdict"]),
    line(["---", "---", "---", "---", "---", "---"]),
    ...lines.map(({ text }) => text),
  ].join("\n");
}

function share(value: number): string {
  return Number.isFinite(value) ? value.toFixed(4) : "–";
}

/** How each of the nineteen kinds of parents was read, as Markdown. */
export function kindTable(t: Tallies): string {
  const kinds = Object.entries(PROFILE_TEMPLATES).flatMap(([family, templates]) =>
    templates.map(({ subtype }) => ({ family, subtype }))
  );
  return [
    line(["Kind", "Must be read as", "Parents", "Aligned", "Wrong", "Clear", "Direction"]),
    line(["---", "---", "---:", "---:", "---:", "---:", "---:"]),
    ...kinds.map(({ family, subtype }) =>
      line([
        subtype,
        family,
        t.n(`K4.${subtype}`).toLocaleString("en-US"),
        ...["K4", "K4.wrong", "K5", "K8"].map((key) => share(t.mean(`${key}.${subtype}`))),
      ])
    ),
  ].join("\n");
}
