import { type BenchRow, isMet, ratioOf } from "./row.ts";

/** A row as one JSON object. */
export function rowJson(row: BenchRow): Readonly<Record<string, unknown>> {
  return { ...row, ratio: ratioOf(row), met: isMet(row) };
}

/** Rows as a Markdown table, aligned for reading as text. */
export function table(rows: readonly BenchRow[]): string {
  const head = ["what", "measured", "naive baseline in the same run", "ratio", "reach", "met"];
  const cells = [head, ...rows.map(rowCells)];
  const widths = head.map((_, c) => Math.max(...cells.map((row) => row[c]!.length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, c) => cell.padEnd(widths[c]!)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [line(head), rule, ...cells.slice(1).map(line)].join("\n");
}

function rowCells(row: BenchRow): string[] {
  const { baseline, reach, unit } = row;
  const ratio = ratioOf(row);
  const met = isMet(row);
  return [
    row.what,
    withUnit(row.measured, unit),
    baseline === null ? "–" : `${withUnit(baseline.value, unit)}, ${baseline.what}`,
    ratio === null ? "–" : `${plain(ratio)}×`,
    reach === null
      ? "–"
      : `${reach.bound === "at least" ? "≥" : "≤"} ${withUnit(reach.value, unit)}`,
    met === null ? "–" : met ? "yes" : "NO",
  ];
}

function withUnit(value: number, unit: string): string {
  const scale = value >= 1e6 ? [1e6, " M"] as const : value >= 1e4 ? [1e3, " k"] as const : null;
  const number = scale === null || unit === "kB" || unit === "ms"
    ? plain(value)
    : plain(value / scale[0]) + scale[1];
  return `${number} ${unit}`;
}

/** Three significant digits, no exponent. */
function plain(value: number): string {
  const size = Math.abs(value);
  if (size >= 100 || value === 0) return Math.round(value).toString();
  return size >= 10 ? value.toFixed(1) : size >= 1 ? value.toFixed(2) : value.toPrecision(2);
}
