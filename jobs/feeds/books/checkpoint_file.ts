import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";
import type { FlatState } from "./state_tree.ts";

/** First bytes of every checkpoint file. */
const MAGIC = new TextEncoder().encode("LOTUSBK1");
const HASH_BYTES = 32;
/** Larger files than this are no checkpoints. */
const MAX_BYTES = 1 << 30;

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What a checkpoint was made of: it serves nothing that differs in any of these. */
const KeySchema = z.strictObject({
  engine: z.string(),
  file_sha256: Hash,
  instrument_sha256: Hash,
  symbol: z.string(),
  /** First bin, epoch ns. */
  start_ns: z.string().regex(/^\d{1,19}$/),
  /** Epoch ns that the state's times count from. */
  base_ns: z.string().regex(/^\d{1,19}$/),
});

/** What a checkpoint was made of. */
export type CheckpointKey = z.infer<typeof KeySchema>;

const HeaderSchema = z.strictObject({
  key: KeySchema,
  /** Records of the file that the state holds. */
  position: z.int().min(0),
  /** Hash of the state as the pipeline gives it after it was put back. */
  state_hash: z.string().regex(/^[0-9a-f]{16}$/),
  array_bytes: z.int().min(0).max(MAX_BYTES),
  tree: z.unknown(),
});

/** A book after its warm-up: where the file goes on, and the state. */
export interface StoredCheckpoint {
  readonly key: CheckpointKey;
  readonly position: number;
  readonly stateHash: string;
  readonly state: FlatState;
}

/** A checkpoint file that cannot be used. The message says why, as half a sentence. */
export class CheckpointError extends RangeError {
  override readonly name = "CheckpointError";
  readonly code: "damaged" | "foreign" | "outdated";

  constructor(code: CheckpointError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** SHA-256 of some bytes. */
export function sha256(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** The bytes of a checkpoint file; equal for equal checkpoints. */
export function encodeCheckpoint(checkpoint: StoredCheckpoint): Uint8Array<ArrayBuffer> {
  const { key, position, stateHash, state } = checkpoint;
  const header = new TextEncoder().encode(JSON.stringify({
    key,
    position,
    state_hash: stateHash,
    array_bytes: state.bytes.length,
    tree: state.tree,
  }));
  const body = gzipSync(state.bytes);
  const out = new Uint8Array(MAGIC.length + 4 + header.length + body.length + HASH_BYTES);
  out.set(MAGIC);
  new DataView(out.buffer).setUint32(MAGIC.length, header.length, true);
  out.set(header, MAGIC.length + 4);
  out.set(body, MAGIC.length + 4 + header.length);
  out.set(sha256(out.subarray(0, out.length - HASH_BYTES)), out.length - HASH_BYTES);
  return out;
}

/**
 * Reads the bytes of a checkpoint file. Nothing of them is believed before the checksum holds.
 *
 * @throws {CheckpointError} `damaged` when they are not what was written.
 */
export function decodeCheckpoint(bytes: Uint8Array): StoredCheckpoint {
  const damaged = (why: string, cause?: unknown) => new CheckpointError("damaged", why, { cause });
  const end = bytes.length - HASH_BYTES;
  const start = MAGIC.length + 4;
  if (end < start || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw damaged("it is no checkpoint file");
  }
  const sum = sha256(bytes.subarray(0, end));
  if (sum.some((byte, i) => bytes[end + i] !== byte)) throw damaged("its checksum does not hold");
  const headerEnd = start +
    new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  if (headerEnd > end) throw damaged("its header is cut");
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(start, headerEnd));
    const header = HeaderSchema.parse(JSON.parse(text));
    const arrays = gunzipSync(bytes.subarray(headerEnd, end), {
      maxOutputLength: Math.max(1, header.array_bytes),
    });
    if (arrays.length !== header.array_bytes) throw damaged("its arrays have another length");
    return {
      key: header.key,
      position: header.position,
      stateHash: header.state_hash,
      state: { tree: header.tree, bytes: new Uint8Array(arrays) },
    };
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    throw damaged("its content cannot be read", error);
  }
}

/**
 * Refuses a checkpoint that was made of something else.
 *
 * @throws {CheckpointError} `outdated` for another engine version, else `foreign`.
 */
export function checkKey(found: CheckpointKey, wanted: CheckpointKey): void {
  if (found.engine !== wanted.engine) {
    throw new CheckpointError(
      "outdated",
      `it was made by engine version ${found.engine}, this is ${wanted.engine}`,
    );
  }
  const what: Readonly<Record<string, string>> = {
    file_sha256: "of another file",
    instrument_sha256: "for another instrument",
    symbol: "for another symbol",
    start_ns: "for another time",
    base_ns: "for another clock",
  };
  for (const [field, text] of Object.entries(what)) {
    const name = field as keyof CheckpointKey;
    if (found[name] !== wanted[name]) throw new CheckpointError("foreign", `it was made ${text}`);
  }
}
