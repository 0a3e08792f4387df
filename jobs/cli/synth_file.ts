import { createHash } from "node:crypto";
import {
  compressZstd,
  encodeMetadata,
  newMetadata,
  schemaId,
  utcDate,
} from "../../engine/dbn/mod.ts";
import type { PresetId, RegimeId } from "../../engine/regime/mod.ts";
import { FuturesTape, SYNTH_DATASET, SYNTH_FUTURE } from "../../engine/tape/futures/mod.ts";

const NS_PER_MIN = 60_000_000_000n;
const NS_PER_STEP = 10_000_000_000;
const STEPS_PER_MIN = 6;

/** What goes into a synthetic file. */
export interface SynthFileOptions {
  readonly seed: number;
  /** Length, minutes, an integer > 0. */
  readonly minutes: number;
  /** Held from start to end; absent, the preset's chain runs. */
  readonly regime?: RegimeId;
  readonly preset: PresetId;
  /** Time of the snapshot, ns since 1970 UTC. */
  readonly startNs: bigint;
  /** Path that ends in `.dbn` or `.dbn.zst`. */
  readonly out: string;
}

/** What came out. */
export interface SynthFileResult {
  readonly records: number;
  /** Bytes of the file. */
  readonly bytes: number;
  /** Hash of the file as it lies on disk. */
  readonly sha256: string;
  /** Hash of the DBN bytes before compression; the same on every version of the compressor. */
  readonly contentSha256: string;
}

/**
 * Writes a synthetic market as a DBN file, under a temporary name until it is whole.
 *
 * @param onProgress Called about every ten seconds of market time with the share done, 0..1.
 */
export async function writeSynthFile(
  options: SynthFileOptions,
  onProgress: (share: number, records: number) => void = () => {},
): Promise<SynthFileResult> {
  const temporary = `${options.out}.part-${crypto.randomUUID()}`;
  const file = await Deno.open(temporary, { write: true, createNew: true });
  try {
    const result = await writeAll(options, file, onProgress);
    await file.syncData();
    file.close();
    await Deno.rename(temporary, options.out);
    return result;
  } catch (error) {
    closeQuietly(file);
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

async function writeAll(
  options: SynthFileOptions,
  file: Deno.FsFile,
  onProgress: (share: number, records: number) => void,
): Promise<SynthFileResult> {
  const content = new SynthContent(options, onProgress);
  const parts = options.out.endsWith(".zst") ? compressZstd(content.parts()) : content.parts();
  const onDisk = createHash("sha256");
  let bytes = 0;
  for (const part of parts) {
    onDisk.update(part);
    bytes += part.length;
    for (let at = 0; at < part.length;) at += await file.write(part.subarray(at));
  }
  const { records, hash } = content;
  return { records, bytes, sha256: onDisk.digest("hex"), contentSha256: hash.digest("hex") };
}

/** The bytes of a synthetic file before compression, made as they are asked for. */
class SynthContent {
  readonly hash = createHash("sha256");
  records = 0;
  readonly #options: SynthFileOptions;
  readonly #onProgress: (share: number, records: number) => void;

  constructor(
    options: SynthFileOptions,
    onProgress: (share: number, records: number) => void,
  ) {
    this.#options = options;
    this.#onProgress = onProgress;
  }

  /** Yields the metadata, then the records of ten seconds at a time, in reused memory. */
  *parts(): Generator<Uint8Array> {
    const { seed, preset, startNs, regime, minutes } = this.#options;
    const tape = new FuturesTape({ seed, preset, startNs, ...(regime && { regime }) });
    if (regime !== undefined) tape.setRegime(regime);
    const head = metadata(this.#options);
    this.hash.update(head);
    yield head;
    const out = tape.writer();
    const steps = minutes * STEPS_PER_MIN;
    for (let step = 1; step <= steps; step++) {
      this.records += tape.generate(step * NS_PER_STEP, out);
      const bytes = out.bytes();
      this.hash.update(bytes);
      yield bytes;
      out.reset();
      this.#onProgress(step / steps, this.records);
    }
  }
}

function metadata(options: SynthFileOptions): Uint8Array {
  const endNs = options.startNs + BigInt(options.minutes) * NS_PER_MIN;
  return encodeMetadata(newMetadata({
    dataset: SYNTH_DATASET,
    schema: schemaId("mbo"),
    startNs: options.startNs,
    endNs,
    symbols: [SYNTH_FUTURE.symbol],
    mappings: [{
      rawSymbol: SYNTH_FUTURE.symbol,
      intervals: [{
        startDate: utcDate(options.startNs),
        endDate: utcDate(endNs - 1n + 1_440n * NS_PER_MIN),
        symbol: String(SYNTH_FUTURE.instrumentId),
      }],
    }],
  }));
}

function closeQuietly(file: Deno.FsFile): void {
  try {
    file.close();
  } catch {
    // Already closed: the rename failed, not the write.
  }
}
