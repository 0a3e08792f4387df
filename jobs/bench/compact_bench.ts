import { join } from "node:path";
import { type CaptureOptions, expandDataset, runCapture } from "../lake/capture/mod.ts";
import { captureOptions, marketFile } from "../testing/captured.ts";
import { samplePath, samplesDir } from "../testing/samples.ts";
import { systemClock } from "../kit/clock.ts";
import type { BenchRow } from "./row.ts";

/** Market captured, s. */
const SECONDS = 300;
const ROUNDS = 3;

/** Most of the full form's bytes that the compact one may take of a recorded market. */
const SHARE = 1 / 20;

/** Sizes a data set in compact form, and times restoring it, against the full form. */
export async function compactRows(now: () => number): Promise<BenchRow[]> {
  const folder = await Deno.makeTempDir({ prefix: "lotus_bench_" });
  try {
    const { options, what, isRecorded } = await input(folder);
    let fullMs = Infinity;
    let expandMs = Infinity;
    let sizes = { compactBytes: 0, bytes: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      const dir = (name: string) => join(folder, `${name}${round}`);
      fullMs = Math.min(
        fullMs,
        await timed(now, () => runCapture({ ...options, outputDir: dir("full") })),
      );
      await runCapture({ ...options, outputDir: dir("compact"), compact: true });
      const source = { sourceDir: dir("compact"), outputDir: dir("expanded") };
      expandMs = Math.min(
        expandMs,
        await timed(now, async () => {
          sizes = await expandDataset({ ...source, replace: false, clock: systemClock });
        }),
      );
      for (const name of ["full", "compact", "expanded"]) {
        await Deno.remove(dir(name), { recursive: true });
      }
    }
    const hourly = (bytes: number) => bytes / 1e6 * 3_600 / SECONDS;
    return [{
      name: "sets",
      what: "data set in compact form, an hour of market",
      unit: "MB",
      measured: hourly(sizes.compactBytes),
      baseline: { what: "every row of every bin", value: hourly(sizes.bytes) },
      reach: isRecorded ? { bound: "at most", value: hourly(sizes.bytes) * SHARE } : null,
      note: `${SECONDS} s of ${what}; what is restored is the full form byte for byte`,
    }, {
      name: "sets",
      what: "full form restored from the compact one",
      unit: "times real time",
      measured: SECONDS * 1_000 / expandMs,
      baseline: { what: "captured anew from the market file", value: SECONDS * 1_000 / fullMs },
      reach: { bound: "at least", value: 60 },
      note: `best of ${ROUNDS}`,
    }];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Five minutes of the crude-oil file, else of a synthetic market. */
async function input(
  folder: string,
): Promise<{ options: CaptureOptions; what: string; isRecorded: boolean }> {
  const dir = samplesDir();
  const path = dir === null ? null : samplePath(dir, "CLX5_mbo.dbn");
  if (path !== null && await Deno.stat(path).then(() => true, () => false)) {
    const options = { ...captureOptions(path, ""), start: "15:45", end: "15:50" };
    return { options, what: "the crude-oil file", isRecorded: true };
  }
  const options = captureOptions(await marketFile(folder, SECONDS + 1), "");
  return { options: { ...options, end: "09:35" }, what: "a synthetic market", isRecorded: false };
}

async function timed(now: () => number, work: () => Promise<unknown>): Promise<number> {
  const begin = now();
  await work();
  return now() - begin;
}
