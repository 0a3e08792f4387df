import { DbnDecoder, mboRecord } from "../../../dbn/mod.ts";

/** One record as the twin reads it. */
export interface NaiveRecord {
  readonly tsNs: bigint;
  readonly action: string;
  readonly side: string;
  readonly ticks: number;
  readonly size: number;
  readonly id: string;
  readonly endsEvent: boolean;
}

/** Best prices in ticks with their contracts, and the order flow of the tick; null where the book is no quote. */
export interface NaiveFrame {
  readonly tick: number;
  readonly quote: readonly [bid: number, bidQty: number, ask: number, askQty: number] | null;
  readonly ofi: number;
}

interface NaiveOrder {
  readonly side: string;
  readonly ticks: number;
  readonly size: number;
}

const LAST = 128;

/** Every mbo record of a file, as values. */
export function naiveRecords(bytes: Uint8Array, tickNano: number): NaiveRecord[] {
  const records: NaiveRecord[] = [];
  const decoder = new DbnDecoder();
  const sink = {
    onMbo: (block: Parameters<typeof mboRecord>[0]) => {
      for (let i = 0; i < block.count; i++) {
        const record = mboRecord(block, i) as unknown as Record<string, bigint | number | string>;
        records.push({
          tsNs: BigInt(record["ts_event"]!),
          action: String(record["action"]),
          side: String(record["side"]),
          ticks: Number(record["price"]) / tickNano,
          size: Number(record["size"]),
          id: String(record["order_id"]),
          endsEvent: (Number(record["flags"]) & LAST) !== 0,
        });
      }
    },
  };
  decoder.push(bytes, sink);
  decoder.finish(sink);
  return records;
}

/** A book of orders by id, from which everything is read anew each time. */
class NaiveBook {
  readonly #orders = new Map<string, NaiveOrder>();

  take({ action, side, ticks, size, id }: NaiveRecord): void {
    const order = this.#orders.get(id);
    if (action === "A" || action === "M") this.#orders.set(id, { side, ticks, size });
    else if (action === "R") this.#orders.clear();
    else if (action === "C") this.#orders.delete(id);
    else if (action === "F" && order !== undefined) {
      const left = order.size - Math.min(size, order.size);
      if (left > 0) this.#orders.set(id, { ...order, size: left });
      else this.#orders.delete(id);
    }
  }

  quote(): NaiveFrame["quote"] {
    let [bid, bidQty, ask, askQty] = [-Infinity, 0, Infinity, 0];
    for (const { side, ticks, size } of this.#orders.values()) {
      if (side === "B" && ticks >= bid) {
        bidQty = ticks === bid ? bidQty + size : size;
        bid = ticks;
      } else if (side === "A" && ticks <= ask) {
        askQty = ticks === ask ? askQty + size : size;
        ask = ticks;
      }
    }
    return bid > -Infinity && ask < Infinity && bid < ask ? [bid, bidQty, ask, askQty] : null;
  }
}

/** The imbalance as the formula is printed: four indicators, four quantities. */
function imbalance(
  [bid0, bidQty0, ask0, askQty0]: readonly [number, number, number, number],
  [bid, bidQty, ask, askQty]: readonly [number, number, number, number],
): number {
  return Number(bid >= bid0) * bidQty - Number(bid <= bid0) * bidQty0 -
    Number(ask <= ask0) * askQty + Number(ask >= ask0) * askQty0;
}

/**
 * The frames of a file by walking its records: no bins, no pipeline, no offsets.
 *
 * @param dtNs Width of a tick, ns.
 */
export function naiveFrames(records: readonly NaiveRecord[], dtNs: bigint): NaiveFrame[] {
  const frames: NaiveFrame[] = [];
  const book = new NaiveBook();
  let quote: NaiveFrame["quote"] = null;
  let ofi = 0;
  let tick = Number(records[0]!.tsNs / dtNs);
  const close = () => {
    frames.push({ tick: tick++, quote, ofi });
    ofi = 0;
  };
  for (const record of records) {
    while (BigInt(tick + 1) * dtNs <= record.tsNs) close();
    book.take(record);
    if (!record.endsEvent) continue;
    const next = book.quote();
    if (quote !== null && next !== null) ofi += imbalance(quote, next);
    quote = next;
  }
  return frames;
}
