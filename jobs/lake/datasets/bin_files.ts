import { join } from "node:path";
import { ENG, ENGINE_COLUMNS } from "../../../engine/frames/contract.ts";
import { type BinBatch, HEAD, ROW } from "./bin_batch.ts";
import {
  type Chunk,
  doubleChunk,
  flagChunk,
  int32Chunk,
  int64Chunk,
  repeatedChunk,
  wideIntegers,
} from "./_chunk.ts";
import { BINS_COLUMNS, bucketColumns } from "./columns.ts";
import { type FileFacts, ParquetFile } from "./parquet_file.ts";

/** Bins of a row group of `bins.parquet`. */
const BINS_PER_GROUP = 20_000;

/** Names of the two files while they are written. */
export const PARTIAL = {
  BINS: "bins.parquet.partial",
  BUCKETS: "buckets.parquet.partial",
} as const;

/** What the two files came to. */
export interface BinFileFacts {
  readonly bins: FileFacts;
  readonly buckets: FileFacts;
  /** End of the first and the last bin, epoch ns; null without bins. */
  readonly firstBinNs: bigint | null;
  readonly lastBinNs: bigint | null;
}

/** Where bins go and what they look like. */
export interface BinFilesOptions {
  readonly folder: string;
  /** Rows per bin, odd: k runs from −R to +R. */
  readonly rows: number;
  readonly horizonsMs: readonly number[];
  /** Epoch ns that times in batches count from. */
  readonly baseNs: bigint;
}

/** Fields of the bins that wait for their row group. */
interface HeldBins {
  readonly fields: readonly Float64Array[];
  count: number;
}

/** `bins.parquet` and `buckets.parquet` of one folder, batch by batch. */
export class BinFiles {
  readonly #options: BinFilesOptions;
  readonly #bins: ParquetFile;
  readonly #buckets: ParquetFile;
  readonly #held: HeldBins;
  #k = new Int32Array(0);
  #first: bigint | null = null;
  #last: bigint | null = null;

  /** @throws {Deno.errors} When the files cannot be made. */
  constructor(options: BinFilesOptions) {
    this.#options = options;
    this.#bins = new ParquetFile(join(options.folder, PARTIAL.BINS), BINS_COLUMNS);
    this.#buckets = new ParquetFile(
      join(options.folder, PARTIAL.BUCKETS),
      bucketColumns(options.horizonsMs),
    );
    this.#held = {
      fields: Object.values(HEAD).map(() => new Float64Array(BINS_PER_GROUP)),
      count: 0,
    };
  }

  /** Bytes written to both files so far. */
  get bytes(): number {
    return this.#bins.bytes + this.#buckets.bytes;
  }

  /** Writes a batch as one row group of the buckets, and keeps its bins for theirs. */
  write(batch: BinBatch): void {
    if (batch.count === 0) return;
    const ends = batch.head(HEAD.BIN_END_NS);
    this.#first ??= this.#options.baseNs + BigInt(ends[0]!);
    this.#last = this.#options.baseNs + BigInt(ends[batch.count - 1]!);
    this.#buckets.writeGroup([
      ...this.#headChunks((field) => batch.head(field), this.#options.rows),
      ...this.#rowChunks(batch),
    ]);
    if (this.#held.count + batch.count > BINS_PER_GROUP) this.#writeBins();
    this.#held.fields.forEach((into, field) => into.set(batch.head(field), this.#held.count));
    this.#held.count += batch.count;
  }

  /** Ends both files. */
  finish(): BinFileFacts {
    this.#writeBins();
    return {
      bins: this.#bins.finish(),
      buckets: this.#buckets.finish(),
      firstBinNs: this.#first,
      lastBinNs: this.#last,
    };
  }

  /** Closes both files as they are. */
  close(): void {
    this.#bins.close();
    this.#buckets.close();
  }

  #writeBins(): void {
    const { fields, count } = this.#held;
    if (count === 0) return;
    this.#bins.writeGroup(this.#headChunks((field) => fields[field]!.subarray(0, count), 1));
    this.#held.count = 0;
  }

  /** The header's columns, each value repeated. */
  #headChunks(field: (field: number) => Float64Array, times: number): Chunk[] {
    const { baseNs } = this.#options;
    const time = (index: number) => BigInt64Array.from(field(index), (ns) => baseNs + BigInt(ns));
    const whole = (index: number) => BigInt64Array.from(field(index), BigInt);
    const chunk = (values: BigInt64Array) =>
      times === 1 ? int64Chunk(values) : repeatedChunk(values, times);
    const mid = field(HEAD.MID_PRICE);
    const end = chunk(time(HEAD.BIN_END_NS));
    return [
      end,
      chunk(whole(HEAD.BIN_SEQ)),
      chunk(time(HEAD.BIN_START_NS)),
      end,
      chunk(whole(HEAD.BIN_EVENT_COUNT)),
      chunk(whole(HEAD.EVENT_ID)),
      times === 1 ? doubleChunk(mid) : repeatedChunk(mid, times),
      chunk(whole(HEAD.SPOT_REF)),
      chunk(whole(HEAD.BEST_BID)),
      chunk(whole(HEAD.BEST_ASK)),
      flagChunk(Uint8Array.from(field(HEAD.BOOK_VALID)), times),
    ];
  }

  /** The rows' own columns, in the order of `rowColumns`. */
  #rowChunks(batch: BinBatch): Chunk[] {
    const ids = batch.column(ROW.LAST_EVENT_ID);
    const engine = ENGINE_COLUMNS.map((_, c) => batch.column(c));
    return [
      int32Chunk(this.#kOf(batch.count)),
      int32Chunk(Int32Array.from(batch.state)),
      int64Chunk(wideIntegers(ids, new BigInt64Array(ids.length))),
      doubleChunk(engine[ENG.PRESSURE]!),
      doubleChunk(engine[ENG.VACUUM]!),
      ...engine.slice(0, ENG.PRESSURE).map(doubleChunk),
      doubleChunk(batch.column(ROW.SCORE)),
      ...this.#options.horizonsMs.map((_, h) => doubleChunk(batch.projection(h))),
    ];
  }

  #kOf(bins: number): Int32Array {
    const { rows } = this.#options;
    if (this.#k.length < bins * rows) {
      const radius = (rows - 1) / 2;
      this.#k = Int32Array.from({ length: bins * rows }, (_, i) => i % rows - radius);
    }
    return this.#k.subarray(0, bins * rows);
  }
}
