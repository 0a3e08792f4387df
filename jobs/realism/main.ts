/**
 * The full samples: every long test, then every row of realism as a Markdown table on standard output.
 * Exits with 1 when a long test fails or a row misses that is not known to.
 */
import { relative } from "node:path";
import { FULL, measureSample } from "./full_sample.ts";
import { KNOWN_MISSES } from "./known_misses.ts";
import { kindTable, realismTable, surprises } from "./table.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const SKIPPED = new Set(["node_modules", "static", "docs", ".git"]);

function longTests(folder = ROOT): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = `${folder}${name}`;
    if (isDirectory) return SKIPPED.has(name) ? [] : longTests(`${path}/`);
    return name.endsWith("_long.ts") ? [relative(ROOT, path)] : [];
  }).sort();
}

async function runLongTests(): Promise<boolean> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "--allow-all", "--no-check", ...longTests()],
    cwd: ROOT,
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  return success;
}

const startMs = performance.now();
const minutes = () => ((performance.now() - startMs) / 60_000).toFixed(1);
const note = (text: string) => console.error(`${minutes()} min: ${text}`);

const areGreen = await runLongTests();
note(areGreen ? "long tests passed" : "long tests FAILED");
const { rows, tallies, messages } = measureSample(FULL, note);
console.log(`\n${realismTable(rows)}\n\n${kindTable(tallies)}\n`);
console.log(`${messages.toLocaleString("en-US")} messages, ${minutes()} minutes.`);
for (const { row } of rows) {
  const reason = KNOWN_MISSES[row.id];
  if (row.pass === false) console.log(`${row.id} misses: ${reason ?? "for no known reason"}.`);
  else if (reason !== undefined) console.log(`${row.id} is listed as a miss and holds.`);
}
Deno.exitCode = areGreen && surprises(rows).length === 0 ? 0 : 1;
