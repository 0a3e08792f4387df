import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { encodeMetadata, newMetadata, schemaId } from "../../../engine/dbn/mod.ts";
import { FuturesTape, SYNTH_DATASET, SYNTH_FUTURE } from "../../../engine/tape/futures/mod.ts";
import { systemClock } from "../../kit/mod.ts";
import { captureOptions, marketFile } from "../../testing/captured.ts";
import { TAPE_START_NS, withTempDir } from "../../testing/market_files.ts";
import { parquetRows } from "../../testing/parquet_rows.ts";
import { samplePath, sampleTest } from "../../testing/samples.ts";
import { fileSha256 } from "../parquet/mod.ts";
import { type CaptureOptions, runCapture } from "./capture.ts";
import { expandDataset } from "./expand.ts";

const FILES = ["bins.parquet", "buckets.parquet", "manifest.json"];

function expandTo(sourceDir: string, outputDir: string) {
  return expandDataset({ sourceDir, outputDir, replace: false, clock: systemClock });
}

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

/** A market that goes through four regimes. */
async function regimesFile(folder: string, secondsEach: number): Promise<string> {
  const tape = new FuturesTape({ seed: 9, startNs: TAPE_START_NS });
  const out = tape.writer();
  const regimes = ["arb_calm", "trend_down", "event_ramp", "retail_chase"] as const;
  for (const [i, regime] of regimes.entries()) {
    tape.setRegime(regime);
    tape.generate((i + 1) * secondsEach * 1e9, out);
  }
  const head = encodeMetadata(newMetadata({
    dataset: SYNTH_DATASET,
    schema: schemaId("mbo"),
    startNs: TAPE_START_NS,
    endNs: TAPE_START_NS + BigInt(regimes.length * secondsEach) * 1_000_000_000n,
    symbols: [SYNTH_FUTURE.symbol],
  }));
  const path = join(folder, "regimes.dbn");
  await Deno.writeFile(path, new Uint8Array([...head, ...out.bytes()]));
  return path;
}

/** Captures in both forms, expands the compact one, and gives the bytes of both forms. */
async function roundTrip(folder: string, options: Omit<CaptureOptions, "outputDir">) {
  const dir = (name: string) => join(folder, name);
  await runCapture({ ...options, outputDir: dir("full") });
  const { manifest } = await runCapture({ ...options, outputDir: dir("compact"), compact: true });
  const expanded = await expandTo(dir("compact"), dir("expanded"));
  for (const name of FILES) {
    equal(fileSha256(join(dir("expanded"), name)), fileSha256(join(dir("full"), name)), name);
  }
  deepEqual(names(dir("expanded")), names(dir("full")));
  return { manifest, ...expanded };
}

for (const model of ["complete", "compat"] as const) {
  Deno.test(`expandDataset() gives the bytes of the full form, ${model}, through four regimes`, async () => {
    await withTempDir(async (folder) => {
      const file = await regimesFile(folder, 16);
      const options = captureOptions(file, "");
      const { bytes, compactBytes, manifest } = await roundTrip(folder, {
        ...options,
        end: "09:31",
        model,
        flushBins: 128,
        projection: { form: "cubic", cubicScale: 0.2, dampingLambda: 0.01 },
      });
      const ratio = bytes / compactBytes;
      console.log(`${compactBytes} of ${bytes} bytes, 1 / ${ratio.toFixed(1)}`);
      ok(ratio > 4, `a busy market touches many ticks: ${ratio}`);
      equal("form" in manifest && manifest.form, "compact");
    });
  });
}

/** The shipped settings with bins of a second, z against 60 of them. */
async function slowInstrument(folder: string): Promise<string> {
  const text = await Deno.readTextFile(
    new URL("../../../fixtures/instruments/es.yaml", import.meta.url),
  );
  const path = join(folder, "slow.yaml");
  const slow = text.replace("cell_width_ms: 100", "cell_width_ms: 1000")
    .replace("zscore_window_bins: 300", "zscore_window_bins: 60");
  await Deno.writeTextFile(path, slow.replace("zscore_min_periods: 75", "zscore_min_periods: 20"));
  return path;
}

Deno.test("expandDataset() is exact at the edges of kept bins, after a warm-up and with other bins", async () => {
  await withTempDir(async (folder) => {
    const file = await marketFile(folder, 164);
    const instrument = await slowInstrument(folder);
    const options = { ...captureOptions(file, ""), instrument, start: "09:31" };
    // The first bin, every hundredth after it and the last are kept, each once.
    const cases = [["09:32:41", 100, 2], ["09:32:42", 101, 2], ["09:32:43", 102, 3]] as const;
    for (const [end, bins, keys] of cases) {
      const part = join(folder, String(bins));
      await Deno.mkdir(part);
      const { manifest } = await roundTrip(part, { ...options, end });
      equal(manifest.rows.bins, bins);
      ok("keys" in manifest.rows);
      equal(manifest.rows.keys, keys * 101);
    }
  });
});

Deno.test("the kept bins of a compact data set are those of the full form, as any reader sees them", async () => {
  await withTempDir(async (folder) => {
    const file = await marketFile(folder, 31);
    await roundTrip(folder, { ...captureOptions(file, ""), end: "09:30:30" });
    const full = await parquetRows(join(folder, "full", "buckets.parquet"));
    const keys = await parquetRows(join(folder, "compact", "keys.parquet"));
    const kept = new Set([0, 100, 200, 298]);
    deepEqual(keys, full.filter((row) => kept.has(Number(row["bin_seq"]))));
    const touched = await parquetRows(join(folder, "compact", "touched.parquet"));
    const bin = full.slice(150 * 101, 151 * 101);
    const spot = Number(bin[0]?.["spot_ref_price_int"]) / 250_000_000;
    const row = touched.findLast((row) =>
      Number(row["bin_seq"]) <= 150 && Math.abs(Number(row["tick"]) - spot) <= 50
    )!;
    const same = bin.find((other) => other["k"] === Number(row["tick"]) - spot)!;
    // Depth and event need no arithmetic: they are as they were at the last touch.
    equal(row["rest_depth"], same["rest_depth"]);
    equal(row["last_event_id"], same["last_event_id"]);
  });
});

async function compactFolder(folder: string): Promise<string> {
  const outputDir = join(folder, "compact");
  const file = await marketFile(folder, 11);
  await runCapture({ ...captureOptions(file, outputDir), end: "09:30:10", compact: true });
  return outputDir;
}

/** Changes a manifest, told of the hashes of the files as they are. */
function rewrite(dir: string, change: (manifest: Record<string, unknown>) => void): void {
  const path = join(dir, "manifest.json");
  const manifest = JSON.parse(Deno.readTextFileSync(path));
  for (const file of manifest.files) file.sha256 = fileSha256(join(dir, file.name));
  change(manifest);
  Deno.writeTextFileSync(path, JSON.stringify(manifest));
}

function rewriteSpectrum(dir: string, field: string, value: number): void {
  rewrite(dir, (manifest) => {
    manifest["spectrum"] = { ...manifest["spectrum"] as object, [field]: value };
  });
}

const BROKEN: readonly (readonly [string, (dir: string) => void, string, RegExp])[] = [
  [
    "a file that is cut short",
    (dir) => {
      const path = join(dir, "touched.parquet");
      Deno.writeFileSync(path, Deno.readFileSync(path).subarray(0, 5_000));
    },
    "damaged",
    /touched\.parquet is not what its manifest says/,
  ],
  [
    "a file that is missing",
    (dir) => Deno.removeSync(join(dir, "keys.parquet")),
    "missing",
    /lacks/,
  ],
  [
    "a manifest that is none",
    (dir) => {
      Deno.writeTextFileSync(join(dir, "manifest.json"), "{");
    },
    "damaged",
    /manifest\.json": it is missing or damaged/,
  ],
  [
    "a manifest of no use",
    (dir) => {
      rewrite(dir, (manifest) => manifest["cell_width_ms"] = "100");
    },
    "damaged",
    /"cell_width_ms" is missing or damaged/,
  ],
  [
    "a newer manifest",
    (dir) => {
      rewrite(dir, (manifest) => manifest["schema_ver"] = 2);
    },
    "newer_format",
    /has format 2/,
  ],
  [
    "scores that come out otherwise",
    (dir) => rewriteSpectrum(dir, "spectrum_tanh_scale", 4),
    "not_restored",
    /bin 98 comes out otherwise than it was, in spectrum_(state_code|score)/,
  ],
  [
    "scores that come out otherwise between kept bins",
    (dir) => rewriteSpectrum(dir, "zscore_min_periods", 20),
    "not_restored",
    /the hash of all its bins comes out otherwise than it was/,
  ],
  [
    "ticks that come out otherwise",
    (dir) => {
      rewrite(dir, (manifest) => manifest["pressure_model"] = "compat");
    },
    "not_restored",
    /bin 98 comes out otherwise/,
  ],
  [
    "another file's rows",
    (dir) => {
      Deno.copyFileSync(join(dir, "bins.parquet"), join(dir, "touched.parquet"));
      rewrite(dir, () => {});
    },
    "damaged",
    /Cannot use "tick"/,
  ],
  [
    "a folder that did not end",
    (dir) => {
      Deno.writeTextFileSync(join(dir, "INCOMPLETE.json"), "{}");
    },
    "incomplete",
    /its capture did not end/,
  ],
];

for (const [what, damage, code, text] of BROKEN) {
  Deno.test(`expandDataset() refuses ${what} in one line and makes nothing`, async () => {
    await withTempDir(async (folder) => {
      const dir = await compactFolder(folder);
      damage(dir);
      await rejects(
        expandTo(dir, join(folder, "out")),
        (error: Error & { readonly code?: string }) => {
          equal(error.code, code, error.message);
          match(error.message, text);
          ok(!error.message.includes("\n"));
          return true;
        },
      );
      ok(!names(folder).includes("out"));
    });
  });
}

Deno.test("expandDataset() refuses what is in full form", async () => {
  await withTempDir(async (folder) => {
    const outputDir = join(folder, "full");
    await runCapture({
      ...captureOptions(await marketFile(folder, 11), outputDir),
      end: "09:30:10",
    });
    await rejects(expandTo(outputDir, join(folder, "out")), {
      code: "form",
      message: `Cannot restore "${outputDir}" as it has its full form already`,
    });
  });
});

sampleTest("expandDataset() gives the bytes of the full form of a recorded market", async (dir) => {
  await withTempDir(async (folder) => {
    const file = samplePath(dir, "CLX5_mbo.dbn");
    const { bytes, compactBytes } = await roundTrip(folder, {
      ...captureOptions(file, ""),
      start: "15:45",
      end: "15:50",
    });
    const ratio = bytes / compactBytes;
    console.log(`${compactBytes} of ${bytes} bytes, 1 / ${ratio.toFixed(1)}`);
    ok(ratio >= 20, String(ratio));
  });
});
