import { DbnDecoder } from "./decoder.ts";
import { MBO_WORD, type MboBlock } from "./mbo.ts";
import { mboBytes, type MboFields, writeMbo } from "./mbo_write.ts";
import { newMetadata, schemaId } from "./metadata.ts";
import { encodeMetadata } from "./metadata_codec.ts";

/** Milliseconds of a monotonic clock, for instance `() => performance.now()`. */
export type BenchClock = () => number;

/** Throughputs of one run, and the sums that keep the work from being optimised away. */
export interface MboDecodeBench {
  readonly recordsPerSecond: number;
  readonly baselineRecordsPerSecond: number;
  readonly checksum: number;
  readonly baselineChecksum: number;
}

/** Records of the chunk that is decoded again and again: about 0.9 MB, as a file reader hands out. */
const CHUNK_RECORDS = 16_384;
/** How often decoder and baseline take turns. */
const TURNS = 5;
const LETTERS = [65, 67, 77, 84] as const;

/** Deterministic, plausible records; the values only have to differ from each other. */
function sampleBlock(count: number): MboBlock {
  const words = new Uint32Array(count * 14);
  const record: MboFields = {
    publisherId: 1,
    instrumentId: 4_916,
    tsEventLow: 0,
    tsEventHigh: 411_000_000,
    orderIdLow: 0,
    orderIdHigh: 1_500,
    priceLow: 0,
    priceHigh: 1_618,
    size: 0,
    flags: 128,
    channelId: 0,
    action: 65,
    side: 66,
    tsRecvLow: 0,
    tsRecvHigh: 411_000_000,
    tsInDelta: 20_000,
    sequence: 0,
  };
  for (let i = 0; i < count; i++) {
    const mixed = Math.imul(i + 1, 0x9e3779b1) >>> 0;
    record.tsEventLow = (i * 1_000) >>> 0;
    record.tsRecvLow = (i * 1_000 + 250) >>> 0;
    record.orderIdLow = mixed;
    record.priceLow = (mixed >>> 8) * 250;
    record.size = 1 + (mixed >>> 28);
    record.action = LETTERS[mixed & 3]!;
    record.side = (mixed & 4) === 0 ? 65 : 66;
    record.sequence = i;
    writeMbo(words, i, record);
  }
  return { words, strideWords: 14, count };
}

/** Reads time, order id, price, size, flags, action and side of every record of a block. */
function sumBlock(block: MboBlock, start: number): number {
  const { words, strideWords, count } = block;
  let sum = start | 0;
  for (let i = 0, at = 0; i < count; i++, at += strideWords) {
    const packed = words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE]!;
    sum = (sum + words[at + MBO_WORD.TS_EVENT_LOW]! + words[at + MBO_WORD.TS_EVENT_HIGH]!) | 0;
    sum = (sum + words[at + MBO_WORD.ORDER_ID_LOW]! + words[at + MBO_WORD.ORDER_ID_HIGH]!) | 0;
    sum = (sum + words[at + MBO_WORD.PRICE_LOW]! + words[at + MBO_WORD.PRICE_HIGH]!) | 0;
    sum = (sum + words[at + MBO_WORD.SIZE]! + (packed & 0xff)) | 0;
    sum = (sum + ((packed >>> 16) & 0xff) + (packed >>> 24)) | 0;
  }
  return sum;
}

interface NaiveRecord {
  readonly tsEvent: bigint;
  readonly orderId: bigint;
  readonly price: bigint;
  readonly size: number;
  readonly flags: number;
  readonly action: number;
  readonly side: number;
}

/** One object per record, a DataView call per field and a BigInt per 64-bit field. */
function naiveRecord(view: DataView, at: number): NaiveRecord {
  return {
    tsEvent: view.getBigUint64(at + 8, true),
    orderId: view.getBigUint64(at + 16, true),
    price: view.getBigInt64(at + 24, true),
    size: view.getUint32(at + 32, true),
    flags: view.getUint8(at + 36),
    action: view.getUint8(at + 38),
    side: view.getUint8(at + 39),
  };
}

function halves(value: bigint): number {
  return Number(BigInt.asUintN(32, value)) + Number(BigInt.asUintN(32, value >> 32n));
}

function sumNaive(bytes: Uint8Array, count: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const record = naiveRecord(view, i * 56);
    sum = (sum + halves(record.tsEvent)) | 0;
    sum = (sum + halves(record.orderId)) | 0;
    sum = (sum + halves(record.price)) | 0;
    sum = (sum + record.size + record.flags) | 0;
    sum = (sum + record.action + record.side) | 0;
  }
  return sum;
}

function decodeRounds(head: Uint8Array, chunk: Uint8Array, rounds: number): number {
  let sum = 0;
  const sink = {
    onMbo: (block: MboBlock) => {
      sum = sumBlock(block, sum);
    },
  };
  const decoder = new DbnDecoder();
  decoder.push(head, sink);
  for (let round = 0; round < rounds; round++) decoder.push(chunk, sink);
  decoder.finish(sink);
  return sum;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >>> 1]!;
}

/**
 * Times mbo decoding to fields through `DbnDecoder`, and the naive DataView and BigInt reading of
 * the same bytes on about a tenth of the records. Both run by turns; the median turn counts.
 *
 * @param records About how many to decode, ≥ 1; rounded up to five turns of whole chunks of 16,384.
 * @param now Monotonic clock, ms.
 * @returns Records per second of both, and their checksums over one chunk, which must be equal.
 * @see docs/methods/dbn.md, "Speed".
 */
export function benchMboDecode(records: number, now: BenchClock): MboDecodeBench {
  const rounds = Math.max(1, Math.ceil(records / CHUNK_RECORDS / TURNS));
  const naiveRounds = Math.max(1, Math.floor(rounds / 10));
  const schema = schemaId("mbo");
  const head = encodeMetadata(newMetadata({ dataset: "BENCH", schema, startNs: 0n }));
  const chunk = mboBytes(sampleBlock(CHUNK_RECORDS));
  const checksum = decodeRounds(head, chunk, 1);
  let baselineChecksum = 0; // or-ing equal sums changes nothing and keeps every round alive
  const decodeMs: number[] = [];
  const naiveMs: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const started = now();
    decodeRounds(head, chunk, rounds);
    const between = now();
    for (let round = 0; round < naiveRounds; round++) {
      baselineChecksum |= sumNaive(chunk, CHUNK_RECORDS);
    }
    decodeMs.push(between - started);
    naiveMs.push(now() - between);
  }
  return {
    recordsPerSecond: (rounds * CHUNK_RECORDS * 1_000) / median(decodeMs),
    baselineRecordsPerSecond: (naiveRounds * CHUNK_RECORDS * 1_000) / median(naiveMs),
    checksum,
    baselineChecksum,
  };
}
