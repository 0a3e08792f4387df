import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { AnalysisError } from "../../../engine/analysis/mod.ts";
import { runCapture } from "../../lake/capture/mod.ts";
import { writeSynthFile } from "../../cli/synth_file.ts";
import { publishDataset } from "../../lake/datasets/mod.ts";
import { captureOptions } from "../../testing/captured.ts";
import { analyse } from "./analyse.ts";
import { type AnalysisOptions, DEFAULTS } from "./options.ts";
import { ResultError, ResultStore } from "./result_store.ts";
import { resultTables } from "./tables.ts";
import { resultText } from "./result.ts";

const folder = await Deno.makeTempDir({ prefix: "lotus-" });
const input = join(folder, "market.dbn");
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
// New York 10:00 to 10:03, with the snapshot at 10:00:00.
await writeSynthFile({
  seed: 4,
  minutes: 3,
  preset: "balanced_demo",
  startNs: BigInt(Date.parse("2026-01-06T15:00:00Z")) * 1_000_000n,
  out: input,
});

function options(changes: Partial<AnalysisOptions> = {}): AnalysisOptions {
  return {
    ...DEFAULTS,
    mode: "default",
    input,
    dataDir: folder,
    instrument: "",
    product_type: null,
    symbol: null,
    model: null,
    dt: null,
    start_time: "10:00:30",
    eval_start: "10:01",
    eval_end: "10:02",
    sweep: null,
    ...changes,
  };
}

let made: ReturnType<typeof analyse> | null = null;

/** The analysis with nothing changed, made once. */
function plain(): ReturnType<typeof analyse> {
  return made ??= analyse(options(), { jobs: 1 });
}

const SWEEP = {
  signal: "ads",
  thresholds: [0.05, 0.1],
  cooldowns: [10, 30],
  tp_ticks: [4, 8],
  sl_ticks: [4],
  max_holds: [100],
} as const;

const SHORT = { ...DEFAULTS.regime, signal_warmup_bins: 100, max_hold_snapshots: 100 };

Deno.test("analyse() gives the same bytes for any number of workers and for a run per task", async () => {
  for (const mode of ["regime", "projection_experiment"] as const) {
    const own = options({
      mode,
      start_time: "10:00:50",
      eval_end: "10:01:20",
      regime: { ...SHORT, signal_percentiles: [50] },
      sweep: mode === "regime" ? SWEEP : null,
      experiment: { ...DEFAULTS.experiment, damping_lambda_values: [0.001] },
    });
    const one = resultText(await analyse(own, { jobs: 1 }));
    const two = resultText(await analyse(own, { jobs: 2 }));
    strictEqual(two, one, mode);
    if (mode !== "projection_experiment") continue;
    const restreamed = resultText(await analyse(own, { jobs: 2, restream: true }));
    strictEqual(restreamed, one, "one pass over the input equals a pass per run");
  }
});

Deno.test("a result tells its window, its rows in a stable order, and reads as tables", async () => {
  const result = await analyse(options({ mode: "regime", regime: SHORT, sweep: SWEEP }), {
    jobs: 1,
  });
  ok(result.mode === "regime");
  strictEqual(result.n_eval_bins, 600, "bins that end inside [10:01, 10:02)");
  strictEqual(result.config["symbol"], "ESH6");
  strictEqual(result.signals[0]?.signal, "edge");
  strictEqual(result.signals[0]?.threshold_source, "fixed");
  ok(result.signals.some((row) => row.threshold_source === "in_sample"));
  deepStrictEqual(
    result.sweep?.results.map((row) => [row.threshold, row.cooldown_bins, row.tp_ticks]),
    [[0.05, 10, 4], [0.05, 10, 8], [0.05, 30, 4], [0.05, 30, 8], [0.1, 10, 4], [0.1, 10, 8], [
      0.1,
      30,
      4,
    ], [0.1, 30, 8]],
  );
  const text = resultTables(result);
  for (
    const word of ["always_long", "last_move", "flow_imbalance", "random_entries", "null %", "*"]
  ) {
    ok(text.includes(word), word);
  }
});

Deno.test("a result whose profits were never within reach says how far the market went", async () => {
  const regime = { ...SHORT, tp_ticks: 500, sl_ticks: 500 };
  const result = await analyse(options({ mode: "regime", regime }), { jobs: 1 });
  ok(result.mode === "regime" && result.trade_results.n_signals > 0);
  match(
    resultTables(result),
    /No trade reached an exit: .* of 500 .* as the mid stayed within [\d.]+ ticks in the window/,
  );
});

Deno.test("analyse() takes thresholds from the bins before the window when there are enough", async () => {
  const result = await analyse(
    options({
      mode: "regime",
      regime: SHORT,
      start_time: "10:00:05",
      eval_start: "10:02",
      eval_end: "10:03",
    }),
    { jobs: 1 },
  );
  ok(result.mode === "regime");
  ok(result.signals.some((row) => row.signal === "svac" && row.threshold_source === "before"));
});

Deno.test("analyse() names the field and the rule that is broken", async () => {
  const refused = (changes: Partial<AnalysisOptions>, code: string, field: string) =>
    rejects(
      analyse(options(changes), { jobs: 1 }),
      (error) =>
        error instanceof AnalysisError && error.code === code && error.field === field &&
        error.message.includes(field),
      `${field} is not named`,
    );
  await refused({ eval_end: "10:01" }, "setting", "eval-end");
  await refused({ eval_end: "09:00" }, "setting", "eval-end");
  await refused({ start_time: "10:01:30" }, "setting", "start-time");
  await refused({ eval_start: "15:00", eval_end: "16:00" }, "data", "eval-start to eval-end");
  await refused({ input: "some/market.csv" }, "data", "the input");
  const experiment = { ...DEFAULTS.experiment, regime_horizon_bins: 7 };
  await refused(
    { mode: "projection_experiment", experiment },
    "setting",
    "experiment-regime-horizon-bins",
  );
  const regime = { ...SHORT, tp_ticks: 0 };
  await refused({ mode: "regime", regime }, "setting", "tp-ticks");
  await rejects(analyse(options({ symbol: "CLX5" }), { jobs: 1 }), /locked/);
  await rejects(analyse(options({ start_time: "09:30" }), { jobs: 1 }), /the file runs from/);
  await rejects(analyse(options({ input: "/none/there.dbn" }), { jobs: 1 }), /there\.dbn/);
});

Deno.test("a failing task in a worker ends the analysis with its own error", async () => {
  const sweep = { ...SWEEP, tp_ticks: [4, -1] };
  await rejects(
    analyse(options({ mode: "regime", regime: SHORT, sweep }), { jobs: 2 }),
    (error) => error instanceof AnalysisError && error.field === "tp-ticks",
  );
});

Deno.test("an analysis that is cancelled ends", async () => {
  const cancel = new AbortController();
  const run = analyse(options({ mode: "regime", regime: SHORT, sweep: SWEEP }), {
    jobs: 2,
    signal: cancel.signal,
    onProgress: (share) => share > 0.55 && cancel.abort(),
  });
  await rejects(run, /cancelled/);
});

Deno.test("an analysis that is cancelled while it reads ends too", async () => {
  await rejects(analyse(options(), { jobs: 1, signal: AbortSignal.abort() }), /cancelled/);
});

Deno.test("a window that goes on after the file is cut there, with a warning", async () => {
  const warnings: string[] = [];
  const result = await analyse(options({ eval_start: "10:02:30", eval_end: "10:30" }), {
    jobs: 1,
    onWarning: (message) => warnings.push(message),
  });
  ok(result.n_eval_bins > 290 && result.n_eval_bins <= 301, `${result.n_eval_bins} bins`);
  ok(warnings.some((message) => message.includes("goes on after market.dbn ends")), `${warnings}`);
});

Deno.test("ResultStore keeps results by id, lists them, and leaves damaged ones out", async () => {
  const store = new ResultStore(join(folder, "data"));
  deepStrictEqual(await store.list(), []);
  const result = await plain();
  const path = await store.put(result);
  strictEqual(await Deno.readTextFile(path), resultText(result));
  await store.put(await analyse(options(), { jobs: 1 }));
  strictEqual(await Deno.readTextFile(path), resultText(result), "written again, the same bytes");
  await Deno.writeTextFile(join(store.folder, "0123456789abcdef.json"), "{");
  const [entry, ...more] = await store.list();
  deepStrictEqual(more, []);
  strictEqual(entry?.id, result.id);
  strictEqual(entry?.mode, "default");
  strictEqual((await store.get(result.id)).n_eval_bins, result.n_eval_bins);
  const fails = (id: string, code: string) =>
    rejects(store.get(id), (error) => error instanceof ResultError && error.code === code);
  await fails("0123456789abcdef", "unreadable");
  await fails("fedcba9876543210", "not_found");
  await fails("../../etc/passwd", "not_found");
});

Deno.test("the id of a result hangs on what decides it and on nothing else", async () => {
  const copy = join(folder, "copy.dbn");
  await Deno.copyFile(input, copy);
  const id = async (changes: Partial<AnalysisOptions>) =>
    (await analyse(options(changes), { jobs: 1 })).id;
  const own = (await plain()).id;
  strictEqual(await id({ input: copy }), own);
  ok(await id({ eval_end: "10:01:30" }) !== own);
});

Deno.test("a published data set gives the directions of the file that it was captured from", async () => {
  const root = join(folder, "data", "research");
  const sourceDir = join(folder, "captured");
  await runCapture({
    ...captureOptions(input, sourceDir),
    flushBins: 7,
    start: "10:01",
    end: "10:02",
  });
  const agents: readonly string[] = [];
  await publishDataset({ sourceDir, datasetId: "tiny", root, agents, now: () => new Date(0) });
  const own = options({
    mode: "regime",
    regime: {
      ...SHORT,
      signal_percentiles: [50],
      signal_thresholds: { edge: [0.01], svac_raw: [5], svac_plain: [20] },
    },
    start_time: "10:01",
    eval_start: "10:01:10",
    eval_end: "10:01:50",
  });
  const dataset = { ...own, input: "tiny", dataDir: join(folder, "data") };
  const [fromFile, fromSet] = [
    await analyse(own, { jobs: 1 }),
    await analyse(dataset, { jobs: 1 }),
  ];
  ok(fromFile.mode === "regime" && fromSet.mode === "regime");
  for (const name of ["edge", "svac_raw", "svac_plain"]) {
    ok(fromFile.signals.some((row) => row.signal === name && row.n_signals > 0), name);
  }
  const provenance = { kind: "SYNTHETIC REPLAY", source: "market.dbn" };
  deepStrictEqual(fromFile.input.provenance, provenance);
  deepStrictEqual(fromSet.input.provenance, provenance, "of the file, not of the data set");
  match(resultTables(fromSet), /^SYNTHETIC REPLAY · ESH6 · 2026-01-06 · market\.dbn$/m);
  const { id: _a, input: _b, ...file } = fromFile;
  const { id: _c, input: _d, ...set } = fromSet;
  deepStrictEqual(set, file);
  const compact = join(folder, "compact");
  await runCapture({
    ...captureOptions(input, compact),
    start: "10:01",
    end: "10:02",
    compact: true,
  });
  const now = () => new Date(0);
  const small = { sourceDir: compact, datasetId: "small", root, agents, now };
  await publishDataset({ ...small, form: "compact" });
  const { id: _e, input: _f, ...restored } = await analyse(
    { ...dataset, input: "small" },
    { jobs: 1 },
  );
  deepStrictEqual(restored, file, "in compact form");
  // As a release captured it that did not keep the kind.
  const path = join(sourceDir, "manifest.json");
  const { provenance: _kept, ...older } = JSON.parse(await Deno.readTextFile(path));
  await Deno.writeTextFile(path, JSON.stringify(older));
  await publishDataset({ sourceDir, datasetId: "older", root, agents, now: () => new Date(0) });
  const fromOlder = await analyse({ ...dataset, input: "older" }, { jobs: 1 });
  strictEqual(fromOlder.input.provenance, undefined);
  match(resultTables(fromOlder), /^input kind not recorded · ESH6 · 2026-01-06 · older$/m);
  const refused = (changes: Partial<AnalysisOptions>, rule: RegExp) =>
    rejects(analyse({ ...dataset, ...changes }, { jobs: 1 }), rule);
  await refused({ mode: "default" }, /mode must be regime for a data set/);
  await refused({ input: "nobody" }, /Cannot find the dataset "nobody"/);
  await refused({ start_time: "10:00", eval_start: "10:00" }, /start-time must lie inside tiny/);
  const grid = join(root, "vp_immutable/tiny/grid_clean.parquet");
  Deno.chmodSync(grid, 0o644);
  await Deno.writeTextFile(grid, "x", { append: true });
  await refused({}, /the data set tiny must be as published: grid_clean.parquet has changed/);
  for (const id of ["tiny", "older", "small"]) {
    Deno.chmodSync(join(root, "vp_immutable", id), 0o755);
  }
});
