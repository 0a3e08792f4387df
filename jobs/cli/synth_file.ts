import { encodeMetadata, newMetadata, schemaId, utcDate } from "../../engine/dbn/mod.ts";
import type { PresetId, RegimeId } from "../../engine/regime/mod.ts";
import { FuturesTape, SYNTH_DATASET, SYNTH_FUTURE } from "../../engine/tape/futures/mod.ts";
import { PartFile, type WrittenFile } from "./part_file.ts";

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
export interface SynthFileResult extends Omit<WrittenFile, "path"> {
  readonly records: number;
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
  const file = new PartFile(options.out);
  try {
    const records = writeRecords(options, file, onProgress);
    const { bytes, sha256, contentSha256 } = await file.finish();
    return { records, bytes, sha256, contentSha256 };
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/** Writes the metadata, then the records of ten seconds at a time. */
function writeRecords(
  options: SynthFileOptions,
  file: PartFile,
  onProgress: (share: number, records: number) => void,
): number {
  const { seed, preset, startNs, regime, minutes } = options;
  const tape = new FuturesTape({ seed, preset, startNs, ...(regime && { regime }) });
  if (regime !== undefined) tape.setRegime(regime);
  file.write(metadata(options));
  const out = tape.writer();
  const steps = minutes * STEPS_PER_MIN;
  let records = 0;
  for (let step = 1; step <= steps; step++) {
    records += tape.generate(step * NS_PER_STEP, out);
    file.write(out.bytes());
    out.reset();
    onProgress(step / steps, records);
  }
  return records;
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
