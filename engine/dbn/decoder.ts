import {
  type DbnVersion,
  HEADER_BYTES,
  layoutBySize,
  layoutOf,
  type RecordLayout,
  RTYPE_MBO,
} from "./_layout.ts";
import { DbnError } from "./error.ts";
import { type DbnMetadata, upgradeMetadata } from "./metadata.ts";
import {
  decodeMetadata,
  MAX_METADATA_BYTES,
  type MetadataExtent,
  MIN_METADATA_BYTES,
  PRELUDE_BYTES,
} from "./metadata_codec.ts";
import { MBO_BYTES, type MboBlock } from "./mbo.ts";
import { RecordView } from "./record_view.ts";
import { targetVersion, type UpgradePolicy, upgradeRecord } from "./upgrade.ts";

/** Receives what a decoder reads, in file order. */
export interface DbnSink {
  /** Once, before the first record; never for a fragment. */
  onMetadata?(metadata: DbnMetadata, extent: MetadataExtent): void;
  /** A run of mbo records. The memory is reused after the call. */
  onMbo?(block: MboBlock): void;
  /** Any other record. The view is valid during the call only. */
  onRecord?(view: RecordView): void;
}

/** How a stream is to be read. */
export interface DbnDecoderOptions {
  /** Version in which records are delivered; default `v3`. */
  readonly upgrade?: UpgradePolicy;
  /** Version of a fragment; without it the record sizes decide. */
  readonly fragmentVersion?: DbnVersion;
  /** Whether the records of a fragment carry `ts_out`; default false. */
  readonly fragmentTsOut?: boolean;
  /** Where a fragment lies in the stream that it was cut from, for what errors and {@link DbnDecoder.offset} say. */
  readonly fragmentAt?: { readonly records: number; readonly byteOffset: number };
}

/** What was counted so far. */
export interface DbnCounters {
  readonly records: number; // delivered or skipped, whole records
  readonly unknownRecords: number; // skipped, as their rtype is not known
  readonly withoutTsOut: number; // plain records in a stream that announces ts_out
}

/**
 * Records of a block at most: 7 KB, so that its sink finds them in the nearest cache, and the memory behind them
 * is on its way while it works.
 */
const BLOCK_RECORDS = 128;
/** Records that one unaligned block is copied in at most. */
const SCRATCH_RECORDS = 4_096;
const MAX_RECORD_BYTES = 4 * 255;
const MBO_TS_OUT_BYTES = MBO_BYTES + 8;

/** Whether a record of this type has exactly this size, with or without `ts_out`. */
function isRecordStart(rtype: number, bytes: number): boolean {
  return ([1, 2, 3] as const).some((version) => {
    const known = layoutOf(rtype, version)?.bytes;
    return known !== undefined && (bytes === known || bytes === known + 8);
  });
}

/**
 * Push parser of the uncompressed DBN stream: takes chunks of any size, keeps at most one partial
 * record (or the metadata) between them, and delivers mbo records as blocks without an object per
 * record. Blocks lie inside the chunk when the chunk is 4-byte aligned there, else in a scratch copy.
 *
 * @see docs/methods/dbn.md, "Reading".
 */
export class DbnDecoder {
  readonly #options: DbnDecoderOptions;
  #state: "prelude" | "metadata" | "records" = "prelude";
  #held = new Uint8Array(new ArrayBuffer(MAX_RECORD_BYTES + 4)); // partial record or metadata
  #heldBytes = 0;
  #needed = PRELUDE_BYTES; // of the prelude or metadata
  #version: DbnVersion | null = null; // of the stream; null = fragment not yet told
  #tsOut = false;
  #offset = 0; // stream offset of the next unread byte
  #records = 0;
  #unknown = 0;
  #withoutTsOut = 0;
  #scratch: Uint32Array | null = null;

  constructor(options: DbnDecoderOptions = {}) {
    this.#options = options;
    this.#records = options.fragmentAt?.records ?? 0;
    this.#offset = options.fragmentAt?.byteOffset ?? 0;
  }

  /** Offset in the stream of the first byte that belongs to no record delivered yet. */
  get offset(): number {
    return this.#offset;
  }

  /** What was counted so far. */
  get counters(): DbnCounters {
    return {
      records: this.#records,
      unknownRecords: this.#unknown,
      withoutTsOut: this.#withoutTsOut,
    };
  }

  /**
   * Reads a chunk and delivers every record that is complete.
   *
   * @throws {DbnError} When the stream is not DBN or damaged; the decoder must not be used again.
   */
  push(chunk: Uint8Array, sink: DbnSink): void {
    let at = 0;
    while (this.#state !== "records" && at < chunk.length) at = this.#pushHead(chunk, at, sink);
    if (this.#state !== "records") return;
    if (this.#heldBytes > 0) at = this.#fillHeld(chunk, at, sink);
    if (at < chunk.length) this.#readRecords(chunk, at, sink);
  }

  /**
   * Ends the stream.
   *
   * @throws {DbnError} `truncated` when it ends inside a record or the metadata, or has no byte.
   */
  finish(sink: DbnSink): DbnCounters {
    const held = this.#heldBytes;
    if (this.#state === "prelude" && held > 0) this.#startStream(sink);
    if (this.#state !== "records") {
      throw new DbnError("truncated", `Cannot read DBN metadata as the input ends: byte ${held}`, {
        byteOffset: held,
        trailingBytes: held,
      });
    }
    if (this.#heldBytes > 0) {
      throw this.#error("truncated", `the input ends after ${this.#heldBytes} of its bytes`, {
        trailingBytes: this.#heldBytes,
      });
    }
    return this.counters;
  }

  #error(
    code: "truncated" | "record-length",
    why: string,
    more: { trailingBytes?: number } = {},
  ): DbnError {
    return new DbnError(code, `Cannot read record ${this.#records} as ${why}`, {
      byteOffset: this.#offset,
      recordIndex: this.#records,
      ...more,
    });
  }

  /** Collects the prelude, then the metadata; returns the position after the bytes taken. */
  #pushHead(chunk: Uint8Array, at: number, sink: DbnSink): number {
    const take = Math.min(this.#needed - this.#heldBytes, chunk.length - at);
    if (this.#heldBytes + take > this.#held.length) {
      // Grown as bytes arrive, so that a false length cannot claim memory.
      const size = Math.max(2 * this.#held.length, this.#heldBytes + take);
      this.#held = new Uint8Array(this.#held.buffer.transfer(Math.min(this.#needed, size)));
    }
    this.#held.set(chunk.subarray(at, at + take), this.#heldBytes);
    this.#heldBytes += take;
    if (this.#heldBytes === this.#needed) {
      if (this.#state === "prelude") this.#startStream(sink);
      else this.#startRecords(sink);
    }
    return at + take;
  }

  /** Decides on the first bytes whether this is a file or a fragment. */
  #startStream(sink: DbnSink): void {
    const [b0, b1, b2, version] = this.#held;
    const length = this.#heldBytes;
    const magic = b0 === 0x44 && (length < 2 || b1 === 0x42) && (length < 3 || b2 === 0x4e);
    if (!magic) return this.#startFragment(sink);
    if (length >= 4 && version !== 1 && version !== 2 && version !== 3) {
      const text = `Cannot read DBN as its version is not 1, 2 or 3: ${version}`;
      throw new DbnError("version", text, { byteOffset: 3 });
    }
    if (length < PRELUDE_BYTES) return;
    const metadataBytes = new DataView(this.#held.buffer).getUint32(4, true);
    if (metadataBytes < MIN_METADATA_BYTES || metadataBytes > MAX_METADATA_BYTES) {
      const text = `Cannot read DBN metadata as its length is impossible: ${metadataBytes}`;
      throw new DbnError("metadata", text, { byteOffset: 4 });
    }
    this.#state = "metadata";
    this.#needed = PRELUDE_BYTES + metadataBytes;
  }

  #startFragment(sink: DbnSink): void {
    const length = this.#held[0]!;
    const told = this.#options.fragmentVersion !== undefined || this.#heldBytes < 2;
    if (!told && !isRecordStart(this.#held[1]!, 4 * length)) {
      const start = Array.from(this.#held.subarray(0, Math.min(4, this.#heldBytes)));
      const text = `Cannot read DBN as the first bytes are neither a file nor a record: ${start}`;
      throw new DbnError("magic", text, { byteOffset: 0 });
    }
    this.#version = this.#options.fragmentVersion ?? null;
    if (this.#version !== null) this.#target(this.#version);
    this.#tsOut = this.#options.fragmentTsOut ?? false;
    this.#state = "records";
    const first = this.#held.slice(0, this.#heldBytes);
    this.#heldBytes = 0;
    this.#readRecords(first, 0, sink);
  }

  #startRecords(sink: DbnSink): void {
    const { metadata, extent } = decodeMetadata(this.#held.subarray(0, this.#needed));
    this.#version = metadata.version;
    this.#tsOut = metadata.tsOut;
    this.#offset = this.#needed;
    this.#held = new Uint8Array(new ArrayBuffer(MAX_RECORD_BYTES + 4));
    this.#heldBytes = 0;
    this.#state = "records";
    sink.onMetadata?.(upgradeMetadata(metadata, this.#target(metadata.version)), extent);
  }

  #target(version: DbnVersion): DbnVersion {
    const target = targetVersion(version, this.#options.upgrade ?? "v3");
    if (target === null) {
      throw new DbnError("upgrade", `Cannot deliver DBN version ${version} as version 2`, {
        byteOffset: this.#offset,
        recordIndex: this.#records,
      });
    }
    return target;
  }

  /** Completes the record that the last chunk left behind; returns the position after it. */
  #fillHeld(chunk: Uint8Array, at: number, sink: DbnSink): number {
    const bytes = this.#recordBytes(this.#held, 0);
    const take = Math.min(bytes - this.#heldBytes, chunk.length - at);
    this.#held.set(chunk.subarray(at, at + take), this.#heldBytes);
    this.#heldBytes += take;
    if (this.#heldBytes === bytes) {
      this.#heldBytes = 0;
      this.#readRecords(this.#held.subarray(0, bytes), 0, sink);
    }
    return at + take;
  }

  #recordBytes(bytes: Uint8Array, at: number): number {
    const length = 4 * bytes[at]!;
    if (length < HEADER_BYTES) {
      throw this.#error("record-length", `its length is shorter than a header: ${length} bytes`);
    }
    return length;
  }

  #readRecords(bytes: Uint8Array, start: number, sink: DbnSink): void {
    let at = start;
    while (at < bytes.length) {
      const length = this.#recordBytes(bytes, at);
      if (at + length > bytes.length) {
        this.#held.set(bytes.subarray(at));
        this.#heldBytes = bytes.length - at;
        return;
      }
      if (bytes[at + 1] === RTYPE_MBO) at += this.#readMboRun(bytes, at, length, sink);
      else {
        this.#readOther(bytes.subarray(at, at + length), sink);
        at += length;
        this.#offset += length;
      }
    }
  }

  /** Delivers the run of equally long mbo records at `at`; returns its bytes. */
  #readMboRun(bytes: Uint8Array, at: number, length: number, sink: DbnSink): number {
    if (length < MBO_BYTES) {
      throw this.#error("record-length", `an mbo record needs ${MBO_BYTES} bytes: ${length}`);
    }
    const lengthByte = length >>> 2;
    const last = Math.min(bytes.length, at + BLOCK_RECORDS * length) - length;
    let end = at + length;
    while (end <= last && bytes[end] === lengthByte && bytes[end + 1] === RTYPE_MBO) end += length;
    const count = (end - at) / length;
    const suffixed = this.#tsOut && length >= MBO_TS_OUT_BYTES;
    if (this.#tsOut && !suffixed) this.#withoutTsOut += count;
    const stride = suffixed ? MBO_TS_OUT_BYTES : MBO_BYTES;
    if (length === stride && ((bytes.byteOffset + at) & 3) === 0) {
      const words = new Uint32Array(bytes.buffer, bytes.byteOffset + at, (end - at) >>> 2);
      this.#records += count;
      this.#offset += end - at;
      sink.onMbo?.({ words, strideWords: stride >>> 2, count });
    } else {
      this.#copyMboRun(bytes, at, length, count, stride, sink);
    }
    return end - at;
  }

  #copyMboRun(
    bytes: Uint8Array,
    start: number,
    length: number,
    count: number,
    stride: number,
    sink: DbnSink,
  ): void {
    this.#scratch ??= new Uint32Array((SCRATCH_RECORDS * MBO_TS_OUT_BYTES) / 4);
    const words = this.#scratch;
    const target = new Uint8Array(words.buffer);
    for (let done = 0; done < count;) {
      const n = Math.min(SCRATCH_RECORDS, count - done);
      const from = start + done * length;
      if (length === stride) target.set(bytes.subarray(from, from + n * length));
      else this.#copyLongRecords(bytes, from, length, n, stride, target);
      done += n;
      this.#records += n;
      this.#offset += n * length;
      sink.onMbo?.({ words, strideWords: stride >>> 2, count: n });
    }
  }

  /** Records longer than the struct: the known front, then the send time from the very end. */
  #copyLongRecords(
    bytes: Uint8Array,
    start: number,
    length: number,
    count: number,
    stride: number,
    target: Uint8Array,
  ): void {
    for (let i = 0; i < count; i++) {
      const from = start + i * length;
      const to = i * stride;
      target.set(bytes.subarray(from, from + MBO_BYTES), to);
      if (stride > MBO_BYTES) {
        target.set(bytes.subarray(from + length - 8, from + length), to + MBO_BYTES);
      }
      target[to] = stride >>> 2;
    }
  }

  #layoutFor(rtype: number, length: number): RecordLayout | undefined {
    if (this.#version !== null) return layoutOf(rtype, this.#version);
    const found = layoutBySize(rtype, length - (this.#tsOut ? 8 : 0));
    if (found === undefined || found.version === null) return found?.layout;
    this.#target(found.version);
    this.#version = found.version;
    return found.layout;
  }

  #readOther(bytes: Uint8Array, sink: DbnSink): void {
    const layout = this.#layoutFor(bytes[1]!, bytes.length);
    if (layout === undefined) {
      this.#records++;
      this.#unknown++;
      return;
    }
    if (bytes.length < layout.bytes) {
      const need = `a ${layout.record} record needs ${layout.bytes} bytes: ${bytes.length}`;
      throw this.#error("record-length", need);
    }
    const hasTsOut = this.#tsOut && bytes.length >= layout.bytes + 8;
    if (this.#tsOut && !hasTsOut) this.#withoutTsOut++;
    const index = this.#records++;
    if (sink.onRecord === undefined) return;
    const policy = this.#options.upgrade ?? "v3";
    if (policy === "as-is") {
      sink.onRecord(new RecordView(bytes, layout, this.#version, hasTsOut, index));
      return;
    }
    const target = policy === "v3" ? 3 : 2;
    const upgraded = upgradeRecord(bytes, layout, target, hasTsOut);
    const newLayout = layoutOf(layout.rtype, target) ?? layout;
    sink.onRecord(new RecordView(upgraded, newLayout, target, hasTsOut, index));
  }
}
