import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { newYorkNs } from "../../../engine/clock/mod.ts";
import { captureOptions } from "../../testing/captured.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { assertStored, replayedBins } from "../../testing/replayed_bins.ts";
import { samplePath, sampleTest } from "../../testing/samples.ts";
import { runCapture } from "./capture.ts";

/** Most memory of a capture, MB. */
const MAX_RSS_MB = 700;

/** Bytes of a plain DBN file up to its first record at or after a time. */
function cutAt(bytes: Uint8Array, ns: bigint): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 8 + view.getUint32(4, true);
  while (at < bytes.length && view.getBigUint64(at + 8, true) < ns) at += view.getUint8(at) * 4;
  return bytes.subarray(0, at);
}

for (const model of ["complete", "compat"] as const) {
  sampleTest(`runCapture() stores five minutes of crude oil bin by bin, ${model}`, async (dir) => {
    await withTempDir(async (folder) => {
      const whole = await Deno.readFile(samplePath(dir, "CLX5_mbo.dbn"));
      const file = join(folder, "cut.dbn");
      await Deno.writeFile(file, cutAt(whole, newYorkNs("2025-09-24", "15:51")));
      const options = { ...captureOptions(file, join(folder, "out")), start: "15:45", model };
      const { manifest } = await runCapture({ ...options, end: "15:50" });
      const endNs = BigInt(manifest.capture_end_ns);
      const bins = await replayedBins(options, folder);
      await assertStored(
        options.outputDir,
        bins.filter((bin) => BigInt(String(bin["ts_ns"])) < endNs),
      );
    });
  });
}

sampleTest(
  "runCapture() stores an hour of crude oil in bounded memory, twice the same",
  async (dir) => {
    await withTempDir(async (folder) => {
      const file = samplePath(dir, "CLX5_mbo.dbn");
      const hour = (name: string) =>
        runCapture({ ...captureOptions(file, join(folder, name)), start: "15:31", end: "16:31" });
      const [one, two] = [await hour("one"), await hour("two")];
      deepStrictEqual(one.manifest.rows, { bins: 35_999, buckets: 35_999 * 101 });
      strictEqual(JSON.stringify(one.manifest), JSON.stringify(two.manifest), "hashes included");
      ok(one.speed >= 60, `${one.speed.toFixed(0)} times real time`);
      const rss = Deno.memoryUsage().rss / 1e6;
      ok(rss <= MAX_RSS_MB, `${rss.toFixed(0)} MB resident`);
    });
  },
);
