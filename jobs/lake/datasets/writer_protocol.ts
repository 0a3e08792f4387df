import type { FileFacts } from "../parquet/mod.ts";

/** To the thread that writes a dataset. */
export type ToWriter =
  | {
    readonly type: "open";
    readonly folder: string;
    readonly rows: number;
    readonly horizonsMs: readonly number[];
    /** Epoch ns that times count from. */
    readonly baseNs: bigint;
    /** Bins of a row group. */
    readonly capacity: number;
    /** File to hash meanwhile, or null. */
    readonly input: string | null;
    /** Whether bins come in the form in which they go to pages. */
    readonly encoded: boolean;
  }
  | { readonly type: "batch"; readonly buffer: ArrayBuffer; readonly count: number }
  | { readonly type: "encoded"; readonly header: string; readonly arrow: Uint8Array<ArrayBuffer> }
  | { readonly type: "finish" }
  | { readonly type: "abort" };

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

/** From it. */
export type FromWriter =
  | {
    readonly type: "written";
    /** The buffer of the batch, to be filled again; null for an encoded bin. */
    readonly buffer: ArrayBuffer | null;
    /** Bytes on disk so far. */
    readonly bytes: number;
  }
  | { readonly type: "finished"; readonly facts: WrittenFacts }
  | { readonly type: "aborted" }
  | { readonly type: "failed"; readonly code: "disk" | "internal"; readonly message: string };
