import { decodeDbn } from "./decode.ts";
import type { DbnCounters, DbnDecoderOptions } from "./decoder.ts";
import { DbnError } from "./error.ts";
import { mboRecord } from "./mbo_record.ts";
import type { DbnMetadata } from "./metadata.ts";
import type { MetadataExtent } from "./metadata_codec.ts";
import type { DbnRecord } from "./record.ts";

/** Everything that one decoding delivered. */
export interface Decoded {
  metadata: DbnMetadata | null;
  extent: MetadataExtent | null;
  records: DbnRecord[];
  counters: DbnCounters | null;
  error: DbnError | null;
}

/** The input in chunks of `size` bytes, each a copy of its own. */
export function* chunked(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

/** Decodes to records; a DbnError is kept beside what came before it, any other error is thrown. */
export async function decodeAll(
  source: Iterable<Uint8Array>,
  options: DbnDecoderOptions = {},
): Promise<Decoded> {
  const all: Decoded = { metadata: null, extent: null, records: [], counters: null, error: null };
  try {
    all.counters = await decodeDbn(source, {
      onMetadata: (metadata, extent) => Object.assign(all, { metadata, extent }),
      onMbo: (block) => {
        for (let i = 0; i < block.count; i++) all.records.push(mboRecord(block, i));
      },
      onRecord: (view) => all.records.push(view.toRecord()),
    }, options);
  } catch (error) {
    if (!(error instanceof DbnError)) throw error;
    all.error = error;
  }
  return all;
}
