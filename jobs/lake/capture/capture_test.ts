import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { basename, join } from "node:path";
import { parquetMetadata } from "hyparquet";
import { CAPTURED_DATE, captureOptions, marketFile } from "../../testing/captured.ts";
import { withTempDir } from "../../testing/market_files.ts";
import { assertStored, replayedBins } from "../../testing/replayed_bins.ts";
import { type CaptureOptions, runCapture } from "./capture.ts";

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("runCapture() stores what the pipeline emits, value by value, after a warm-up", async () => {
  await withTempDir(async (folder) => {
    const file = await marketFile(folder, 125);
    const options: CaptureOptions = {
      ...captureOptions(file, join(folder, "out")),
      start: "09:31",
      end: "9:31:30 AM",
      flushBins: 128,
      projection: { form: "cubic", cubicScale: 0.2, dampingLambda: 0.01 },
    };
    const { manifest, reachedEnd } = await runCapture(options);
    deepStrictEqual(names(options.outputDir), [
      "bins.parquet",
      "buckets.parquet",
      "capture.log.json",
      "manifest.json",
    ]);
    strictEqual(reachedEnd, true);
    deepStrictEqual(manifest.rows, { bins: 299, buckets: 299 * 101 });
    const startNs = BigInt(manifest.capture_start_ns);
    strictEqual(BigInt(manifest.first_bin_ts_ns ?? 0), startNs + 100_000_000n);
    strictEqual(BigInt(manifest.last_bin_ts_ns ?? 0), startNs + 29_900_000_000n);
    strictEqual(manifest.dt, CAPTURED_DATE);
    const written = await Deno.readTextFile(join(options.outputDir, "manifest.json"));
    deepStrictEqual(JSON.parse(written), JSON.parse(JSON.stringify(manifest)));
    const source = basename(file);
    deepStrictEqual(manifest.provenance, { kind: "SYNTHETIC REPLAY", source });
    const bins = Deno.readFileSync(join(options.outputDir, "bins.parquet"));
    strictEqual(
      parquetMetadata(bins.buffer).key_value_metadata?.find(({ key }) => key === "lotus.provenance")
        ?.value,
      `SYNTHETIC REPLAY · ESH6 · ${CAPTURED_DATE} · ${source}`,
    );
    const endNs = BigInt(manifest.capture_end_ns);
    const expected = (await replayedBins(options, folder))
      .filter((bin) => BigInt(String(bin["ts_ns"])) < endNs);
    await assertStored(options.outputDir, expected);
  });
});

Deno.test("runCapture() gives the same bytes again, with creation time and paths outside", async () => {
  await withTempDir(async (folder) => {
    const file = await marketFile(folder, 31);
    const dirs = [join(folder, "one"), join(folder, "two")];
    for (const dir of dirs) await runCapture({ ...captureOptions(file, dir), end: "09:30:30" });
    for (const name of ["bins.parquet", "buckets.parquet", "manifest.json"]) {
      const [one, two] = dirs.map((dir) => Deno.readFileSync(join(dir, name)));
      ok(one !== undefined && two !== undefined);
      strictEqual(one.length, two.length, name);
      ok(one.every((byte, i) => byte === two[i]), name);
    }
    const text = Deno.readTextFileSync(join(folder, "one", "manifest.json"));
    ok(!text.includes(folder), "no path of this machine");
    const log = JSON.parse(Deno.readTextFileSync(join(folder, "one", "capture.log.json")));
    match(log.created_at_utc, /^\d{4}-\d\d-\d\dT/);
  });
});

const REFUSED: readonly (readonly [string, Partial<CaptureOptions>, string, RegExp])[] = [
  ["an unaligned start", { start: "09:30:30" }, "usage", /whole minute: 09:30:30/],
  ["an end at the start", { end: "09:30" }, "usage", /end must be after the start/],
  ["a time that is none", { end: "25:00" }, "usage", /HH:MM/],
  ["a start before the file", { start: "09:29" }, "outside", /runs from 2026-03-10 09:30:00/],
  ["an end after the file", { end: "09:40" }, "outside", /to 2026-03-10 09:30:03, New York/],
  ["another day", { date: "2026-03-11" }, "outside", /2026-03-11/],
  [
    "an unknown instrument",
    { instrument: "none", end: "09:30:02" },
    "no_instrument",
    /instrument file/,
  ],
];

for (const [what, wrong, code, text] of REFUSED) {
  Deno.test(`runCapture() refuses ${what} and makes nothing`, async () => {
    await withTempDir(async (folder) => {
      const options = captureOptions(await marketFile(folder, 3), join(folder, "out"));
      await rejects(runCapture({ ...options, ...wrong }), (error: Error & { code?: string }) => {
        strictEqual(error.code, code, error.message);
        match(error.message, text);
        return true;
      });
      deepStrictEqual(names(folder), ["market-7.dbn"]);
    });
  });
}

Deno.test("runCapture() leaves a folder as it was when it fails or is cancelled", async () => {
  await withTempDir(async (folder) => {
    const file = await marketFile(folder, 61);
    const empty = join(folder, "empty");
    await Deno.mkdir(empty);
    const cancel = new AbortController();
    await rejects(
      runCapture({
        ...captureOptions(file, empty),
        signal: cancel.signal,
        onProgress: (share) => share > 0.2 && cancel.abort(),
      }),
      { code: "cancelled" },
    );
    deepStrictEqual(names(empty), []);
    const bytes = await Deno.readFile(file);
    const cut = join(folder, "cut.dbn");
    await Deno.writeFile(cut, bytes.subarray(0, Math.floor(bytes.length / 2) | 1));
    await rejects(runCapture(captureOptions(cut, join(folder, "made"))), { code: "content" });
    deepStrictEqual(names(folder), ["cut.dbn", "empty", "market-7.dbn"]);
    await Deno.writeTextFile(join(empty, "mine.txt"), "x");
    await rejects(runCapture(captureOptions(file, empty)), /must be missing or empty.*mine\.txt/);
    await rejects(
      runCapture({ ...captureOptions(file, empty), replace: true }),
      { code: "not_empty" },
    );
    deepStrictEqual(names(empty), ["mine.txt"]);
  });
});
