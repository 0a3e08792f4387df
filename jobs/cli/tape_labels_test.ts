import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import {
  DEFAULT_CONTROL,
  fixedTimeline,
  PROFILE_IDS,
  sessionById,
} from "../../engine/regime/mod.ts";
import { MarketTape, SUBTYPES } from "../../engine/tape/mod.ts";
import { KvControlStore } from "../../modules/control/mod.ts";
import { logRow } from "../control/mod.ts";
import { codeOnly, sources } from "../house/sources.ts";
import { withTempDir } from "../testing/market_files.ts";
import { labelLines } from "./tape_labels.ts";
import { lotusIn } from "../testing/lotus_command.ts";

const SESSION = 202601140;
const MINUTES = 6;

/** `lotus tape labels` on the clock of New York. */
const labels = (...args: readonly string[]) =>
  lotusIn({ SYNTHETIC_CLOCK: "et" }, "tape", "labels", ...args);

Deno.test("the label file names the parents, and the prints that went out for each", () => {
  const timeline = fixedTimeline({ ...DEFAULT_CONTROL, shared_seed: 12 });
  const lines = labelLines(
    { sessionId: SESSION, clock: "et", load: "steady", timeline, minutes: MINUTES },
    () => {},
  );
  const rows = lines.map((line) => JSON.parse(line));
  ok(rows.length > 5);
  const emitted = new Set<string>();
  const tape = new MarketTape({ clock: "et", load: "steady", timeline });
  const nothing = () => {};
  const { openTs } = sessionById(SESSION);
  tape.seek(openTs);
  tape.advance(openTs + MINUTES * 60_000, {
    optionNbbo: nothing,
    optionPrint: ({ trace_id }) => emitted.add(trace_id),
    equityQuote: nothing,
    equityPrint: nothing,
  });
  const seen = new Set<string>();
  for (const row of rows) {
    deepStrictEqual(Object.keys(row), ["slot", "trace_ids", "family", "subtype", "direction"]);
    ok(PROFILE_IDS.includes(row.family) && SUBTYPES.includes(row.subtype));
    ok([-1, 0, 1].includes(row.direction));
    for (const id of row.trace_ids) {
      ok(emitted.has(id) && !seen.has(id), id);
      seen.add(id);
    }
  }
  ok(seen.size > rows.length && seen.size < emitted.size / 2, "background prints have no label");
});

Deno.test("lotus tape labels follows the control log and writes for its owner only", async () => {
  await withTempDir(async (folder) => {
    await Deno.mkdir(join(folder, "kv"));
    const kv = await Deno.openKv(join(folder, "kv", "control.sqlite"));
    const steered = { ...DEFAULT_CONTROL, shared_seed: 21, preset_id: "retail_chase" as const };
    await new KvControlStore(() => Promise.resolve(kv)).appendLog(logRow(1, steered));
    kv.close();
    const file = join(folder, "labels.ndjson");
    const common = ["--session", String(SESSION), "--minutes", "2", "--out"];
    const [made, other, wrong] = await Promise.all([
      labels(...common, file, "--data", folder, "--json"),
      labels(...common, join(folder, "other.ndjson"), "--seed", "22"),
      labels(...common, join(folder, "labels.txt")),
    ]);
    strictEqual(made.code, 0, made.err);
    const text = await Deno.readTextFile(file);
    const wanted = labelLines({
      sessionId: SESSION,
      clock: "et",
      load: "steady",
      timeline: fixedTimeline(steered),
      minutes: 2,
    }, () => {});
    deepStrictEqual(text.trimEnd().split("\n"), wanted);
    strictEqual(JSON.parse(made.out).parents, wanted.length);
    strictEqual(((await Deno.stat(file)).mode ?? 0) & 0o777, 0o600);
    strictEqual(other.code, 0, other.err);
    ok(await Deno.readTextFile(join(folder, "other.ndjson")) !== text);
    strictEqual(wrong.code, 2);
    match(wrong.err, /ndjson/);
  });
});

Deno.test("nothing but the label command and the realism figures asks what was meant", () => {
  const asks = /\.label\(|\blabelRow\b|\bLabelMemory\b|\.subtype\b/;
  const may =
    /^(engine\/|jobs\/research\/realism\/|jobs\/tape\/live_probe\.ts$|jobs\/cli\/tape_labels\.ts$)/;
  const found = sources().filter(({ path, text }) =>
    !may.test(path) && !/_test\.tsx?$|_long\.ts$|\/testing\//.test(path) &&
    asks.test(codeOnly(text))
  ).map(({ path }) => path);
  deepStrictEqual(found, []);
  const flow = sources().filter(({ path, text }) =>
    path.startsWith("engine/flow/") && !/_test\.ts$|\/testing\//.test(path) &&
    asks.test(codeOnly(text))
  );
  deepStrictEqual(flow.map(({ path }) => path), [], "the classifier reads labels");
});
