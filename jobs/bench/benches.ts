import { join } from "node:path";
import { bookRows } from "./book_bench.ts";
import { bubbleRows } from "./bubble_bench.ts";
import {
  binRows,
  copyRows,
  engineRows,
  flowRows,
  gridRows,
  spectrumRows,
  tapeRows,
} from "./engine_bench.ts";
import { captureRows } from "./capture_bench.ts";
import { compactRows } from "./compact_bench.ts";
import { fanOutRows } from "./fan_out.ts";
import { decodeRows, generatorRows } from "./feed_bench.ts";
import { gammaRows } from "./gamma_bench.ts";
import { firehoseRows, liveRows } from "./live_bench.ts";
import { idleRows, SETTLE_SECONDS } from "./idle_bench.ts";
import { labRows } from "./lab_bench.ts";
import { labFrameRows } from "./lab_frame_bench.ts";
import { latencyRows } from "./latency_bench.ts";
import { optionsRows } from "./options_bench.ts";
import { firstBinRows, frameRows, pageRows } from "./page.ts";
import type { BenchRow } from "./row.ts";
import { sessionRows } from "./session_bench.ts";
import { serveRows } from "./serve_bin_bench.ts";
import { ROOT } from "./server_process.ts";
import { surfaceFrameRows } from "./surfaces_frame_bench.ts";
import { surfaceRows } from "./surfaces_bench.ts";
import { surfacesLiveRows } from "./surfaces_live.ts";
import { zstdRows } from "./zstd_bench.ts";

type CpuBench = (now: () => number) => BenchRow[] | Promise<BenchRow[]>;

/** Benches that need nothing but a processor. */
export const CPU_BENCHES: ReadonlyMap<string, CpuBench> = new Map<string, CpuBench>([
  ["decode", decodeRows],
  ["zstd", zstdRows],
  ["book", bookRows],
  ["engine", engineRows],
  ["grid", gridRows],
  ["copy", copyRows],
  ["bin", binRows],
  ["spectrum", spectrumRows],
  ["serve", serveRows],
  ["latency", latencyRows],
  ["generator", generatorRows],
  ["session", sessionRows],
  ["tape", tapeRows],
  ["flow", flowRows],
  ["surface-gamma", gammaRows],
  ["options", optionsRows],
  ["surfaces", surfaceRows],
  ["lab", labRows],
  ["capture", captureRows],
  ["sets", compactRows],
]);

/** How the benches run. */
export interface BenchOptions {
  /**
   * Five minutes of clients instead of 30 s, an hour at full load instead of a minute, ten minutes of nobody
   * instead of one.
   */
  readonly long: boolean;
}

type Bench = (options: BenchOptions) => Promise<BenchRow[]>;

const SYSTEM_BENCHES: ReadonlyMap<string, Bench> = new Map<string, Bench>([
  ["page", pageRows],
  ["first-bin", firstBinRows],
  ["idle", ({ long }) => idleRows(long ? SETTLE_SECONDS.long : SETTLE_SECONDS.short)],
  ["frame", async () => [...await frameRows(), ...await bubbleRows()]],
  ["surfaces-frame", surfaceFrameRows],
  ["lab-frame", labFrameRows],
  ["fan-out", ({ long }) => fanOutRows(long ? 300 : 30)],
  ["surfaces-live", ({ long }) => surfacesLiveRows(long ? 300 : 30)],
  ["live", ({ long }) => liveRows(long ? 300 : 30)],
  ["firehose", ({ long }) => firehoseRows(long ? 3_600 : 60)],
]);

/** Names of all benches, in the order in which they run. */
export const BENCH_NAMES: readonly string[] = [...CPU_BENCHES.keys(), ...SYSTEM_BENCHES.keys()];

/**
 * Runs one bench.
 *
 * @returns Its rows; none when this machine lacks what it needs (Chromium).
 */
export async function runBench(name: string, options: BenchOptions): Promise<BenchRow[]> {
  const system = SYSTEM_BENCHES.get(name);
  return system === undefined ? await inOwnProcess(name) : await system(options);
}

async function inOwnProcess(name: string): Promise<BenchRow[]> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "-A", join(ROOT, "jobs/bench/_one.ts"), name],
    cwd: ROOT,
  }).output();
  const text = new TextDecoder();
  if (code !== 0) throw new Error(`Cannot finish the bench ${name}: ${text.decode(stderr)}`);
  return JSON.parse(text.decode(stdout)) as BenchRow[];
}
