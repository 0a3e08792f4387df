import { encodeMetadata, newMetadata, schemaId, utcDate } from "../../engine/dbn/mod.ts";
import type { RegimeId } from "../../engine/regime/mod.ts";
import { FuturesTape, SYNTH_DATASET, SYNTH_FUTURE } from "../../engine/tape/futures/mod.ts";

/** What goes into a small market file. */
export interface TapeOptions {
  readonly seconds: number;
  readonly seed?: number;
  readonly regime?: RegimeId;
  /** Time of the snapshot, ns since 1970 UTC. */
  readonly startNs?: bigint;
  /** Range that the metadata names; the tape's own when omitted. */
  readonly metaStartNs?: bigint;
  readonly metaEndNs?: bigint;
  readonly symbols?: readonly string[];
  readonly schema?: "mbo" | "trades";
}

/** 2026-03-10 09:30 in New York. */
export const TAPE_START_NS = 1_773_149_400_000_000_000n;

/** Bytes of a synthetic market file, plain DBN. */
export function tapeBytes(options: TapeOptions): Uint8Array<ArrayBuffer> {
  const { seconds, seed = 7, regime = "arb_calm", startNs = TAPE_START_NS } = options;
  const endNs = startNs + BigInt(seconds) * 1_000_000_000n;
  const tape = new FuturesTape({ seed, startNs, regime });
  const out = tape.writer();
  tape.generate(seconds * 1e9, out);
  const { symbol, instrumentId } = SYNTH_FUTURE;
  const head = encodeMetadata(newMetadata({
    dataset: SYNTH_DATASET,
    schema: schemaId(options.schema ?? "mbo"),
    startNs: options.metaStartNs ?? startNs,
    endNs: options.metaEndNs ?? endNs,
    symbols: options.symbols ?? [symbol],
    mappings: [{
      rawSymbol: symbol,
      intervals: [{
        startDate: utcDate(startNs),
        endDate: utcDate(endNs + 86_400_000_000_000n),
        symbol: String(instrumentId),
      }],
    }],
  }));
  const records = out.bytes();
  const bytes = new Uint8Array(head.length + records.length);
  bytes.set(head);
  bytes.set(records, head.length);
  return bytes;
}

/** Runs `fn` with a folder that is gone afterwards. */
export async function withTempDir(fn: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "lotus_test_" });
  try {
    await fn(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
