import { basename } from "node:path";
import { gridLayout } from "../../../engine/frames/contract.ts";
import { originOf, stampText } from "../../../modules/kit/mod.ts";
import { type Clock } from "../../kit/mod.ts";
import { CompactBins, DatasetFolder, DatasetWriter, jsonText } from "../datasets/mod.ts";
import { CaptureError } from "./capture_error.ts";
import { expandedManifest } from "./manifest.ts";

/** What to expand and where to. */
export interface ExpandOptions {
  /** Folder of a data set in compact form, captured or published. */
  readonly sourceDir: string;
  readonly outputDir: string;
  /** Removes what an attempt that died has left in the folder. */
  readonly replace: boolean;
  readonly clock: Clock;
  /** Ends it early; nothing is left behind. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number, note: string) => void;
}

/** What expanding came to. */
export interface Expanded {
  readonly bins: number;
  readonly rows: number;
  /** Of the compact form, and of the full one. */
  readonly compactBytes: number;
  readonly bytes: number;
}

/**
 * Restores the full form of a compact data set: the folder that a capture in full form would have
 * filled, byte for byte. It is whole when this resolves; on any failure it is as it was before.
 *
 * @throws {DatasetError} When the source is none, is damaged or does not come out as it was, or the
 * folder cannot be written.
 * @throws {CaptureError} `cancelled` when the signal aborted.
 */
export async function expandDataset(options: ExpandOptions): Promise<Expanded> {
  const { sourceDir, outputDir, clock, replace } = options;
  const startedMs = clock.nowMs();
  const source = CompactBins.open(sourceDir);
  const { symbol, dt } = source.manifest;
  const what = { what: "lotus expand", source: basename(sourceDir), symbol, dt };
  const folder = DatasetFolder.claim(outputDir, what, replace);
  try {
    const facts = await writeAll(source, options);
    const manifest = expandedManifest(source.all, source.manifest, facts);
    const log = jsonText({
      created_at_utc: new Date(Number(clock.wallNs() / 1_000_000n)).toISOString(),
      elapsed_seconds: Math.round(clock.nowMs() - startedMs) / 1_000,
      input: sourceDir,
      output_dir: outputDir,
      deno: Deno.version.deno,
    });
    folder.commit(jsonText(manifest), log, "full");
    return {
      bins: facts.bins.rows,
      rows: facts.buckets.rows,
      compactBytes: source.bytes,
      bytes: facts.bins.bytes + facts.buckets.bytes,
    };
  } finally {
    folder.abort();
  }
}

async function writeAll(source: CompactBins, options: ExpandOptions) {
  const { manifest } = source;
  const { grid_radius_ticks: radius, projection_horizons_ms: horizonsMs, rows } = manifest;
  const writer = new DatasetWriter({
    folder: options.outputDir,
    layout: gridLayout(2 * radius + 1, horizonsMs),
    flushBins: manifest.flush_bins_every,
    stamp: stampText({
      ...originOf(manifest.provenance),
      instrument: manifest.symbol,
      date: manifest.dt,
    }),
    input: null,
  });
  try {
    for await (const frame of source.read()) {
      if (options.signal?.aborted) {
        throw new CaptureError("cancelled", "Cannot finish as it was cancelled");
      }
      writer.add(frame);
      await writer.ready();
      options.onProgress?.(writer.bins / rows.bins, `${writer.bins} bins`);
    }
    return await writer.finish();
  } catch (error) {
    await writer.abort();
    throw error;
  }
}
