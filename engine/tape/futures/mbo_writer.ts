import { FLAG, MBO_WORD, type MboBlock } from "../../dbn/mod.ts";

const STRIDE_WORDS = 14;
const RTYPE_MBO = 160;
const TWO_POW_32 = 4_294_967_296;
const UNDEF_PRICE_LOW = 0xffff_ffff;
const UNDEF_PRICE_HIGH = 0x7fff_ffff;

/** What stands in the header of every record. */
export interface MboWriterOptions {
  readonly publisherId: number;
  readonly instrumentId: number;
  /** Tick size in 1e-9 units. */
  readonly tickNano: number;
  /** Time that offsets count from, ns since 1970 UTC. */
  readonly baseNs: bigint;
}

/**
 * A growing buffer of 56-byte mbo records, word for word as the format stores them. Set the packet
 * once per venue event, then write its records and close it.
 */
export class MboWriter {
  #words = new Uint32Array(4_096 * STRIDE_WORDS);
  #count = 0;
  readonly #header: number;
  #instrumentId: number;
  #tickNano: number;
  readonly #baseLow: number;
  readonly #baseHigh: number;
  #eventLow = 0;
  #eventHigh = 0;
  #recvLow = 0;
  #recvHigh = 0;
  #inDelta = 0;
  #sequence = 0;

  constructor(options: MboWriterOptions) {
    this.#header = (STRIDE_WORDS | (RTYPE_MBO << 8) | (options.publisherId << 16)) >>> 0;
    this.#instrumentId = options.instrumentId;
    this.#tickNano = options.tickNano;
    this.#baseLow = Number(options.baseNs & 0xffff_ffffn);
    this.#baseHigh = Number(options.baseNs >> 32n);
  }

  /** Records since the latest reset. */
  get count(): number {
    return this.#count;
  }

  /** Returns the records written so far, in place: valid until the next write or reset. */
  block(): MboBlock {
    return { words: this.#words, strideWords: STRIDE_WORDS, count: this.#count };
  }

  /** Returns the same records as bytes, in place: valid until the next write or reset. */
  bytes(): Uint8Array {
    return new Uint8Array(this.#words.buffer, 0, this.#count * STRIDE_WORDS * 4);
  }

  /** Forgets all records and keeps the memory. */
  reset(): void {
    this.#count = 0;
  }

  /** Sets which instrument the records from now on are of, and its tick in 1e-9 units. */
  instrument(id: number, tickNano: number): void {
    this.#instrumentId = id;
    this.#tickNano = tickNano;
  }

  /**
   * Sets what the records of one venue packet share.
   *
   * @param eventNs Offset of ts_event from the base, ns; may be negative.
   * @param recvNs Offset of ts_recv from the base, ns.
   * @param inDeltaNs Gateway delay, ns.
   * @param sequence Packet number, taken modulo 2^32.
   */
  packet(eventNs: number, recvNs: number, inDeltaNs: number, sequence: number): void {
    this.#eventHigh = this.#high(eventNs);
    this.#eventLow = this.#low(eventNs);
    this.#recvHigh = this.#high(recvNs);
    this.#recvLow = this.#low(recvNs);
    this.#inDelta = inDeltaNs;
    this.#sequence = sequence;
  }

  /**
   * Appends one record to the open packet.
   *
   * @param action ASCII code of the action.
   * @param side ASCII code of the side.
   * @param flags Flag bits.
   * @param orderId Integer in 0..2^53 - 1.
   * @param tick Price in ticks, or -1 for none.
   * @param size Contracts.
   */
  record(
    action: number,
    side: number,
    flags: number,
    orderId: number,
    tick: number,
    size: number,
  ): void {
    const at = this.#count * STRIDE_WORDS;
    if (at + STRIDE_WORDS > this.#words.length) this.#grow();
    const words = this.#words;
    const price = tick * this.#tickNano;
    words[at] = this.#header;
    words[at + MBO_WORD.INSTRUMENT_ID] = this.#instrumentId;
    words[at + MBO_WORD.TS_EVENT_LOW] = this.#eventLow;
    words[at + MBO_WORD.TS_EVENT_HIGH] = this.#eventHigh;
    words[at + MBO_WORD.ORDER_ID_LOW] = orderId >>> 0;
    words[at + MBO_WORD.ORDER_ID_HIGH] = Math.floor(orderId / TWO_POW_32);
    words[at + MBO_WORD.PRICE_LOW] = tick < 0 ? UNDEF_PRICE_LOW : price >>> 0;
    words[at + MBO_WORD.PRICE_HIGH] = tick < 0 ? UNDEF_PRICE_HIGH : Math.floor(price / TWO_POW_32);
    words[at + MBO_WORD.SIZE] = size;
    words[at + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE] = flags | (action << 16) | (side << 24);
    words[at + MBO_WORD.TS_RECV_LOW] = this.#recvLow;
    words[at + MBO_WORD.TS_RECV_HIGH] = this.#recvHigh;
    words[at + MBO_WORD.TS_IN_DELTA] = this.#inDelta;
    words[at + MBO_WORD.SEQUENCE] = this.#sequence;
    this.#count++;
  }

  /** Marks the latest record as the last of its event. */
  close(): void {
    const at = (this.#count - 1) * STRIDE_WORDS + MBO_WORD.FLAGS_CHANNEL_ACTION_SIDE;
    this.#words[at] = this.#words[at]! | FLAG.LAST;
  }

  #high(offsetNs: number): number {
    const high = Math.floor(offsetNs / TWO_POW_32);
    const low = offsetNs - high * TWO_POW_32;
    return this.#baseHigh + high + (this.#baseLow + low >= TWO_POW_32 ? 1 : 0);
  }

  #low(offsetNs: number): number {
    return (this.#baseLow + (offsetNs - Math.floor(offsetNs / TWO_POW_32) * TWO_POW_32)) >>> 0;
  }

  #grow(): void {
    const words = new Uint32Array(this.#words.length * 2);
    words.set(this.#words);
    this.#words = words;
  }
}
