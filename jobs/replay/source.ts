import { basename } from "node:path";
import {
  DbnDecoder,
  type DbnMetadata,
  decompress,
  END_NONE,
  type MboBlock,
  SCHEMA_MIXED,
  schemaName,
  SymbolMap,
} from "../../engine/dbn/mod.ts";

/** Bytes read at once. */
const CHUNK_BYTES = 65_536;

/** A file that cannot be replayed, with one line for people. */
export class ReplayError extends RangeError {
  override readonly name = "ReplayError";
  readonly code: "file" | "content" | "cancelled" | "instrument";

  constructor(code: ReplayError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What a market file says about itself. */
export interface SourceFacts {
  readonly kind: "replay";
  /** Epoch ns of the first event, and of the end; null when open. */
  readonly startNs: bigint;
  readonly endNs: bigint | null;
  readonly opensWithSnapshot: boolean;
  /** First raw symbol, empty when the file has none. */
  readonly symbol: string;
  /** Text symbol of an instrument id, or null when the file does not say. */
  readonly symbolOf: (instrumentId: number) => string | null;
}

/** Receives a file in order. The words of a block are reused after the call. */
export interface SourceSink {
  onStart(facts: SourceFacts): void;
  onMbo(block: MboBlock): void;
  /** After every chunk; the next one is read when it resolves. Share of the file done, 0..1. */
  onChunk(share: number): Promise<void> | void;
}

/**
 * Looks at a path before anything is opened for long.
 *
 * @returns Its size in bytes.
 * @throws {ReplayError} When it is no market file.
 */
export async function checkFile(path: string): Promise<number> {
  const refuse = (why: string) => new ReplayError("file", `Cannot replay as ${why}: "${path}"`);
  let info: Deno.FileInfo;
  try {
    info = await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw refuse("the file does not exist");
    throw refuse(error instanceof Error ? error.message : String(error));
  }
  if (info.isDirectory) throw refuse("this is a folder");
  if (!/\.dbn(\.zst)?$/.test(basename(path))) throw refuse("its name is not *.dbn or *.dbn.zst");
  if (info.isFile && info.size === 0) throw refuse("the file is empty");
  return info.size;
}

/**
 * Reads a market file to its end. Every record before an error has been delivered, and `onChunk` was
 * called after the last of them.
 *
 * @returns Records of other kinds than market-by-order that were passed over.
 * @throws {ReplayError} When the file has no metadata or another schema.
 * @throws {DbnError} When it is damaged or ends too early.
 */
export async function readSource(path: string, bytes: number, sink: SourceSink): Promise<number> {
  const decoder = new DbnDecoder();
  let started = false;
  let otherRecords = 0;
  const start = () => {
    if (started) return;
    throw new ReplayError("content", `Cannot replay a fragment without metadata: "${path}"`);
  };
  const decoded = {
    onMetadata: (metadata: DbnMetadata) => {
      started = true;
      sink.onStart(factsOf(metadata, path));
    },
    onMbo: (block: MboBlock) => {
      start();
      sink.onMbo(block);
    },
    onRecord: () => {
      start();
      otherRecords++;
    },
  };
  let read = 0;
  const share = () => bytes > 0 ? Math.min(1, read / bytes) : 0;
  const chunks = readChunks(path, (count) => {
    read += count;
  });
  for await (const chunk of decompress(chunks)) {
    try {
      decoder.push(chunk, decoded);
    } finally {
      await sink.onChunk(share());
    }
  }
  decoder.finish(decoded);
  return otherRecords;
}

function factsOf(metadata: DbnMetadata, path: string): SourceFacts {
  const schema = schemaName(metadata.schema);
  if (metadata.schema !== SCHEMA_MIXED && schema !== "mbo") {
    throw new ReplayError(
      "content",
      `Cannot replay as the file does not hold market-by-order records but ${schema}: "${path}"`,
    );
  }
  const symbols = new SymbolMap(metadata);
  const { startNs, endNs } = metadata;
  return {
    kind: "replay",
    startNs,
    endNs: endNs === END_NONE || endNs === 0n ? null : endNs,
    opensWithSnapshot: false,
    symbol: metadata.symbols[0] ?? "",
    symbolOf: (instrumentId) => symbols.at(startNs, instrumentId),
  };
}

async function* readChunks(
  path: string,
  onBytes: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  using file = await Deno.open(path);
  for (;;) {
    const buffer = new Uint8Array(CHUNK_BYTES);
    const count = await file.read(buffer);
    if (count === null) return;
    onBytes(count);
    yield buffer.subarray(0, count);
  }
}
