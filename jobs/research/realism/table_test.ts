import { deepStrictEqual, match, ok, throws } from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../house/sources.ts";
import { ELSEWHERE } from "./elsewhere.ts";
import { KNOWN_MISSES } from "./known_misses.ts";
import { reportText, withReport } from "./report_text.ts";
import { bound, type RealismRow, rowOf } from "../../../engine/realism/row.ts";
import { realismTable, surprises } from "./table.ts";
import { Tallies } from "../../../engine/realism/tallies.ts";

function row(id: string, value: number): RealismRow {
  return rowOf({ id, name: `row ${id}`, target: "≤ 1 | 2", unit: "things", n: 1_000, least: 1 }, [
    bound("", value, 0, 1),
  ]);
}

Deno.test("every test that the table names exists under its title", () => {
  for (const { id, by } of ELSEWHERE) {
    if (!("file" in by)) continue;
    ok(Deno.readTextFileSync(join(ROOT, by.file)).includes(by.title), `${id}: ${by.title}`);
  }
});

Deno.test("the table has every row once, in order, with its verdict and sample", () => {
  const table = realismTable([
    { row: row("T1", 0.5), sample: "2 sessions" },
    { row: row("K10", 3), sample: "2 sessions" },
    { row: row("K9", 3), sample: "2 sessions" },
  ]);
  const ids = table.split("\n").slice(2).map((line) => /^\| (\w+) /.exec(line)?.[1]);
  ok(ids.indexOf("T1") < ids.indexOf("K9") && ids.indexOf("K9") < ids.indexOf("K10"));
  ok(ids.indexOf("K10") < ids.indexOf("A1"));
  deepStrictEqual(ids.length, new Set(ids).size);
  match(table, /\| T1 \| row T1 \| ≤ 1 \\\| 2 \| 0\.500 \| 2 sessions; 1,000 things \| pass \|/);
  match(table, /\| K10 .*\| MISS \|/);
});

Deno.test("a miss that is not known to be one is a surprise", () => {
  const [known = ""] = Object.keys(KNOWN_MISSES);
  const rows = [row(known, 3), row("K10", 3), row("T1", 0.5)];
  deepStrictEqual(surprises(rows.map((each) => ({ row: each, sample: "" }))), ["K10"]);
});

Deno.test("a report takes the place of the last one and leaves the rest of the document", () => {
  const document = Deno.readTextFileSync(join(ROOT, "docs/realism.md"));
  const sample = {
    rows: [{ row: row("K10", 3), sample: "2 sessions" }],
    tallies: new Tallies(),
    messages: 12_345,
  };
  const report = reportText(sample, { date: "2026-01-14", minutes: 17.4 });
  match(report, /2026-01-14 in 17 minutes: 12,345 messages .* 0 rows pass, 1 miss/);
  match(report, /- \*\*K10\*\* \(3; wanted ≤ 1 \| 2\): not explained yet\./);
  const written = withReport(document, report, "all");
  ok(written.includes(report));
  deepStrictEqual(withReport(written, report, "all"), written);
  ok(written.startsWith(document.slice(0, 200)));
  throws(() => withReport("# nothing", report, "outside"), RangeError);
});
