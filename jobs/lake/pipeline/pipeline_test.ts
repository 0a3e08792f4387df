import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { newYorkNs } from "../../../engine/clock/mod.ts";
import { pipelineCommand } from "../../cli/pipeline.ts";
import { lotus } from "../../testing/lotus_command.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { parquetRows } from "../../testing/parquet_rows.ts";
import {
  copyRaw,
  differingPaths,
  lakeContent,
  makeSmallRaw,
  runSmallLake,
  SMALL_SESSION,
  type SmallRun,
} from "../../testing/small_lake.ts";
import { checkSession, comparePartitions, findPartitions, isSame } from "../checks/mod.ts";
import { LAKE, type LakeDataset, lakeDataset } from "../contracts/mod.ts";
import { partitionFolder, PartitionReader, PartitionWriter } from "../partitions/mod.ts";
import type { TaskOutcome } from "./mod.ts";

const DATES = ["2026-01-05", "2026-01-06"];
const SYMBOL = "ESH6";
const NET = lakeDataset("gold.future_option_mbo.net_velocity_1s");
const STATS = lakeDataset("silver.future_mbo.window_stats_1s");
/** Bit of the quality of a window that was normalised by the bounds to begin with. */
const BOOTSTRAP = 32;
const FIELDS = lakeDataset("gold.future_mbo.physics_fields_1s");

function errorsOf(outcomes: readonly TaskOutcome[]): (string | null)[] {
  return outcomes.map(({ error }) => error?.code ?? null);
}

function folderOf(lake: string, dataset: LakeDataset, dt: string): string {
  return partitionFolder(lake, dataset, { source: "synthetic", symbol: SYMBOL, dt });
}

async function run(lake: string, asked: SmallRun = {}) {
  return await runSmallLake(lake, { dates: DATES, ...asked });
}

Deno.test("lotus pipeline", async (t) => {
  await withTempDir(async (folder) => {
    const lake = join(folder, "lake");
    await makeSmallRaw(lake, DATES);
    const first = await run(lake);

    await t.step("makes every table of every date from raw files", async () => {
      deepStrictEqual(errorsOf(first), first.map(() => null));
      deepStrictEqual(first.map(({ task, status }) => [task.stage, task.symbol, task.dt, status]), [
        ["bronze", "ES", DATES[0], "done"],
        ["bronze", "ES", DATES[1], "done"],
        ["histograms", SYMBOL, DATES[0], "done"],
        ["surfaces", SYMBOL, DATES[0], "done"],
        ["surfaces", SYMBOL, DATES[1], "done"],
      ]);
      for (const dataset of LAKE.values()) {
        for (const dt of DATES) {
          const of = { source: "synthetic", symbol: SYMBOL, dt };
          const { manifest } = await PartitionReader.open(lake, dataset, of);
          ok(manifest.row_count > 0, dataset.key);
        }
      }
      const stats = lakeDataset("silver.future_mbo.window_stats_1s");
      const of = { source: "synthetic", symbol: SYMBOL, dt: "2026-01-06" };
      const rows = await parquetRows(join(partitionFolder(lake, stats, of), "part-00000.parquet"));
      strictEqual(rows.length, 60);
      strictEqual(rows[0]?.["window_end_ts_ns"], newYorkNs("2026-01-06", "09:30") + 1_000_000_000n);
    });

    await t.step("a session is normalised by those before it, and the first by none", async () => {
      const calibration = lakeDataset("gold.hud.physics_norm_calibration");
      const lookbacks = [];
      for (const dt of DATES) {
        const of = { source: "synthetic", symbol: SYMBOL, dt };
        const path = join(partitionFolder(lake, calibration, of), "part-00000.parquet");
        const [row] = await parquetRows(path);
        lookbacks.push([row?.["lookback_sessions"], row?.["q95"] === 2, row?.["session_window"]]);
      }
      deepStrictEqual(lookbacks, [[0, true, SMALL_SESSION], [1, false, SMALL_SESSION]]);
      const qualities = DATES.map(async (dt) => {
        const [row] = await parquetRows(join(folderOf(lake, STATS, dt), "part-00000.parquet"));
        return Number(row?.["quality"]) & BOOTSTRAP;
      });
      deepStrictEqual(await Promise.all(qualities), [BOOTSTRAP, 0]);
    });

    await t.step("a second run makes nothing", async () => {
      const before = Date.now();
      const again = await run(lake);
      deepStrictEqual(again.map(({ status }) => status), again.map(() => "complete"));
      ok(Date.now() - before < 1_000);
    });

    await t.step(
      "the same bytes from bronze, a date to a thread, of a contract by its name",
      async () => {
        const other = join(folder, "other");
        copyRaw(lake, other);
        const bronze = await run(other, { layers: ["bronze"], symbol: SYMBOL });
        deepStrictEqual(errorsOf(bronze), [null, null]);
        const later = await run(other, { layers: ["silver", "gold"], symbol: SYMBOL, workers: 2 });
        deepStrictEqual(
          later.map(({ task, error }) => [task.records, error]),
          later.map(() => ["bronze", null]),
        );
        deepStrictEqual(differingPaths(await lakeContent(lake), await lakeContent(other)), []);
      },
    );

    await t.step("check finds nothing in what was made, and bytes that were changed", async () => {
      const of = { source: "synthetic", symbol: SYMBOL, dt: "2026-01-06" };
      const report = await checkSession(lake, of);
      deepStrictEqual([report.violations, report.first, report.missing], [0, [], []]);
      strictEqual(report.datasets, LAKE.size);
      const { path } = await PartitionReader.open(lake, FIELDS, of);
      const bytes = Deno.readFileSync(path);
      const middle = bytes.length >> 1;
      Deno.writeFileSync(path, bytes.with(middle, (bytes[middle] ?? 0) ^ 1));
      const { first } = await checkSession(lake, of);
      Deno.writeFileSync(path, bytes);
      deepStrictEqual([first[0]?.invariant, first[0]?.dataset], [19, FIELDS.key]);
    });

    await t.step("compare tells rows and cells that differ, and no others", async () => {
      const [one] = findPartitions(folderOf(lake, NET, "2026-01-05"));
      const [other] = findPartitions(folderOf(lake, NET, "2026-01-06"));
      const exact = { relative: 0, absolute: 0 };
      ok(isSame(await comparePartitions(one!, one!, exact)));
      const apart = await comparePartitions(one!, other!, exact);
      strictEqual(apart.rows, 0);
      ok(apart.onlyInFirst > 0 && apart.onlyInSecond > 0);

      const copy = join(folder, "copy");
      const of = { source: "synthetic", symbol: SYMBOL, dt: "2026-01-05" };
      const writer = new PartitionWriter(copy, NET, of);
      const reader = await PartitionReader.open(lake, NET, of);
      const place = NET.table.columns.findIndex(({ name }) => name === "liquidity_velocity");
      for await (const frame of reader.frames()) {
        (frame.columns[place] as Float64Array)[7]! += 1e-6;
        writer.add(frame);
      }
      writer.commit({ inputs: [], codeVersion: "1" });
      const [changed] = findPartitions(copy);
      const found = await comparePartitions(one!, changed!, exact);
      deepStrictEqual(found.columns.map(({ column, cells }) => [column, cells]), [
        ["liquidity_velocity", 1],
      ]);
      ok(isSame(await comparePartitions(one!, changed!, { relative: 0, absolute: 1e-5 })));
    });

    await t.step("export writes rows as CSV", async () => {
      const out = join(folder, "net.csv");
      const args = ["--dataset", NET.key, "--dt", "2026-01-06", "--out", out, "--lake", lake];
      await pipelineCommand().parseAsync(["export", "--format", "csv", ...args], { from: "user" });
      const lines = Deno.readTextFileSync(out).trim().split("\n");
      strictEqual(lines.length, 1 + 60 * 21);
      ok(lines[0]?.startsWith("window_end_ts_ns,spot_ref_price_int,"));
    });

    await t.step("overwrites silver and gold, never bronze", async () => {
      const only = { dates: ["2026-01-06"], overwrite: true, products: ["hud"] as const };
      const [bronze, surfaces] = await run(lake, only);
      strictEqual(bronze?.status, "complete");
      deepStrictEqual(surfaces?.partitions.map(({ dataset }) => dataset), [
        "gold.hud.physics_norm_calibration",
        "gold.hud.metric_histograms",
      ]);
    });

    await t.step("tells what is stale and keeps it", async () => {
      const [, other] = await run(lake, { dates: ["2026-01-06"], session: "09:30-09:32" });
      strictEqual(other?.error?.code, "stale");
      const bronze = lakeDataset("bronze.future_mbo.mbo");
      const of = { source: "synthetic", symbol: SYMBOL, dt: "2026-01-06" };
      const manifest = join(partitionFolder(lake, bronze, of), "_MANIFEST.json");
      const text = Deno.readTextFileSync(manifest);
      Deno.writeTextFileSync(manifest, `${text}\n`);
      const [, changed] = await run(lake, { dates: ["2026-01-06"] });
      ok(
        /its input bronze.future_mbo.mbo of 2026-01-06 is another/.test(
          changed?.error?.message ?? "",
        ),
      );
      Deno.writeTextFileSync(manifest, text);
    });

    await t.step("a future without options has tables of its own alone", async () => {
      const bare = join(folder, "bare");
      copyRaw(lake, bare);
      const raw = join(bare, "raw/source=synthetic");
      Deno.removeSync(join(raw, "product_type=future_option_mbo"), { recursive: true });
      const asked = { dates: ["2026-01-06"] };
      deepStrictEqual(errorsOf(await run(bare, asked)), ["no_raw_files"]);
      const products = ["future_mbo" as const];
      const [, surfaces] = await run(bare, { ...asked, products });
      strictEqual(surfaces?.error, null);
      strictEqual(surfaces.partitions.length, 10);
      const of = { source: "synthetic", symbol: SYMBOL, dt: "2026-01-06" };
      strictEqual((await checkSession(bare, of)).violations, 0);
    });

    await t.step("tells what it lacks", async () => {
      const errors = async (asked: SmallRun) => errorsOf(await run(lake, asked));
      const dates = ["2026-01-07"];
      deepStrictEqual(await errors({ dates }), ["no_raw_files"]);
      deepStrictEqual(await errors({ dates, symbol: SYMBOL, layers: ["silver"] }), [
        "input_not_ready",
      ]);
      deepStrictEqual(await errors({ dates: ["2026-01-06"], symbol: "ESM6" }), ["no_contract"]);
      const late = { layers: ["silver" as const], session: "15:00-15:01", overwrite: true };
      deepStrictEqual(await errors({ ...late, dates: ["2026-01-06"] }), ["no_rows"]);
    });

    await t.step("ends with 1 when a task failed, and prints a line of JSON per task", async () => {
      const { code, out } = await lotus(
        ..."pipeline run --symbol ESH6 --session custom --from 09:30 --to 09:31 --json".split(" "),
        "--lake",
        lake,
        "--dates",
        "2026-01-06,2026-01-07",
      );
      strictEqual(code, 1);
      const lines = out.trim().split("\n").map((line) => JSON.parse(line));
      deepStrictEqual(
        lines.map(({ status, error }) => [status, error?.code ?? null]),
        [["complete", null], ["failed", "no_raw_files"], ["complete", null]],
      );
    });
  });
});
