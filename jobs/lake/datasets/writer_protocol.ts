import type { Layout } from "../../../engine/frames/contract.ts";
import type { FileFacts } from "../parquet/mod.ts";

/** What a thread is to write. */
export interface WriterSpec {
  readonly folder: string;
  /** Layout of the bins, one that `gridLayout` makes. */
  readonly layout: Layout;
  /** Bins of a row group. */
  readonly capacity: number;
  /** File to hash meanwhile, or null. */
  readonly input: string | null;
  /** What kind of data it is and from where, or null. */
  readonly stamp: string | null;
  /** Whether bins come in the form in which they go to pages. */
  readonly encoded: boolean;
}

/** What the thread that writes a dataset answers, one after the other. After a failure it refuses all but abort. */
export interface WriterVerbs {
  open(spec: WriterSpec): void;
  /** Writes a batch; its buffer comes back to be filled again, with the bytes on disk so far. */
  batch(
    batch: { readonly buffer: ArrayBuffer; readonly count: number },
  ): { readonly buffer: ArrayBuffer; readonly bytes: number };
  /** Takes a bin in the form in which it goes to pages; answers with the bytes on disk so far. */
  encoded(bin: { readonly header: string; readonly arrow: Uint8Array<ArrayBuffer> }): number;
  finish(): WrittenFacts;
  /** Closes the files as they are. */
  abort(): void;
}

/** What a finished dataset came to. */
export interface WrittenFacts {
  readonly bins: FileFacts;
  readonly buckets: FileFacts;
  /** Epoch ns; null without bins. */
  readonly firstBinNs: bigint | null;
  readonly lastBinNs: bigint | null;
  /** Hex digits, or null when no file was to be hashed. */
  readonly inputSha256: string | null;
}
