/**
 * The full samples: every long test, then every row of realism as a Markdown table on standard output; with
 * `--write` in docs/realism.md too. Exits with 1 when a long test fails or a row misses that is not known to.
 */
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { FULL, measureSample } from "./full_sample.ts";
import { reportText, withReport } from "./report_text.ts";
import { surprises } from "./table.ts";

const ROOT = new URL("../../../", import.meta.url).pathname;
const DOCUMENT = `${ROOT}docs/realism.md`;
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

const { values: flags } = parseArgs({
  args: Deno.args.filter((arg) => arg !== "--"),
  options: {
    sessions: { type: "string", default: String(FULL.sessions) },
    write: { type: "boolean", default: false },
  },
});
const sessions = Number(flags.sessions);
if (!Number.isInteger(sessions) || sessions < 1 || sessions > 1_000) {
  console.error("--sessions must be a whole number from 1 to 1000");
  Deno.exit(2);
}

const startMs = performance.now();
const minutes = () => (performance.now() - startMs) / 60_000;
const note = (text: string) => console.error(`${minutes().toFixed(1)} min: ${text}`);

const areGreen = await runLongTests();
note(areGreen ? "long tests passed" : "long tests FAILED");
const result = measureSample({ ...FULL, sessions }, note);
const report = reportText(result, {
  date: new Date().toISOString().slice(0, 10),
  minutes: minutes(),
});
console.log(`\n${report}`);
if (flags.write) {
  await Deno.writeTextFile(DOCUMENT, withReport(await Deno.readTextFile(DOCUMENT), report));
}
Deno.exitCode = areGreen && surprises(result.rows).length === 0 ? 0 : 1;
