import { PROFILE_TEMPLATES } from "../../../engine/tape/schedule/mod.ts";
import { ELSEWHERE } from "./elsewhere.ts";
import { KNOWN_MISSES } from "./known_misses.ts";
import {
  groupOf,
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

/** Rows by who measures: an outsider from emitted records, or one who knows what was meant. */
function isOutside({ row }: SampledRow): boolean {
  return groupOf(row) === "X";
}

function lineOf(each: SampledRow): TableLine {
  const { row } = each;
  const target = row.basis === undefined ? row.target : `${row.target} (${row.basis})`;
  const { id, name } = row;
  return {
    id,
    text: line([id, name, target, valueText(row), sampleText(each), verdict(row)]),
  };
}

/** A line of a table of rows. */
interface TableLine {
  readonly id: string;
  readonly text: string;
}

function tableOf(lines: readonly TableLine[]): string {
  const sorted = lines.toSorted((a, b) => order(a.id) - order(b.id) || (a.id < b.id ? -1 : 1));
  return [
    line(["Row", "Property", "Target", "Measured", "Sample", "Verdict"]),
    line(["---", "---", "---", "---", "---", "---"]),
    ...sorted.map(({ text }) => text),
  ].join("\n");
}

/** The rows that an outsider measures, as Markdown. */
export function outsideTable(rows: readonly SampledRow[]): string {
  return tableOf(rows.filter(isOutside).map(lineOf));
}

/** Every other row as Markdown: those measured here, and those that a test or a bench of their own measures. */
export function realismTable(rows: readonly SampledRow[]): string {
  return tableOf([
    ...rows.filter((each) => !isOutside(each)).map(lineOf),
    ...ELSEWHERE.map(({ id, name, target, by }) => ({
      id,
      text: "file" in by
        ? line([id, name, target, "asserted by the test", by.file, "test"])
        : line([id, name, target, "in benchmarks.md", by.command, "bench"]),
    })),
  ]);
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
