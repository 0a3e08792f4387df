/**
 * The full samples: every long test, then every row of realism as Markdown tables on standard output; with
 * `--write` in docs/realism.md too. With `--outside` only the rows that an outsider measures. Exits with 1 when a
 * long test fails or a row misses that is not known to.
 */
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { FULL, measureOutside, measureSample } from "./full_sample.ts";
import { outsideText, type Place, reportText, withReport } from "./report_text.ts";
import { type SampledRow, surprises } from "./table.ts";

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
    outside: { type: "boolean", default: false },
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

const facts = () => ({ date: new Date().toISOString().slice(0, 10), minutes: minutes() });

/** Shows a report, and puts it into its place in the document where that is asked for. */
async function tell(report: string, place: Place): Promise<void> {
  console.log(`\n${report}`);
  if (!flags.write) return;
  await Deno.writeTextFile(
    DOCUMENT,
    withReport(await Deno.readTextFile(DOCUMENT), report, place),
  );
}

async function measureAll(): Promise<readonly SampledRow[]> {
  const result = await measureSample({ ...FULL, sessions }, note);
  await tell(reportText(result, facts()), "all");
  return result.rows;
}

const areGreen = flags.outside || await runLongTests();
if (!flags.outside) note(areGreen ? "long tests passed" : "long tests FAILED");
const rows = await (flags.outside ? measureOutside(sessions, note) : measureAll());
await tell(outsideText(rows, facts()), "outside");
Deno.exitCode = areGreen && surprises(rows).length === 0 ? 0 : 1;
