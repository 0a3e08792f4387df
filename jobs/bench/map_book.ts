import { ACTION, MBO_BYTES, SIDE } from "../../engine/dbn/mod.ts";

interface Order {
  readonly side: number;
  readonly price: bigint;
  readonly size: number;
}

/**
 * The baseline for a book alone: orders and levels in maps keyed by bigint, an object per order. Best
 * prices are kept and only searched for when their level empties.
 */
export class MapBook {
  readonly orders = new Map<bigint, Order>();
  readonly levels = { bid: new Map<bigint, number>(), ask: new Map<bigint, number>() };
  bestBid: bigint | null = null;
  bestAsk: bigint | null = null;

  /** Takes all plain mbo records of a DBN file; tells the best prices after each. */
  read(bytes: Uint8Array, onBest: (bid: bigint | null, ask: bigint | null) => void): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const head = 8 + view.getUint32(4, true);
    for (let at = head; at + MBO_BYTES <= bytes.length; at += MBO_BYTES) {
      const id = view.getBigUint64(at + 16, true);
      const action = view.getUint8(at + 38);
      const known = this.orders.get(id);
      const side = view.getUint8(at + 39);
      const isPut = action === ACTION.ADD ? side !== SIDE.NONE : action === ACTION.MODIFY && known;
      if (known !== undefined && (isPut || action === ACTION.CANCEL)) this.#take(id, known);
      if (isPut) {
        const price = view.getBigInt64(at + 24, true);
        this.#put(id, { side, price, size: view.getUint32(at + 32, true) });
      }
      onBest(this.bestBid, this.bestAsk);
    }
  }

  #put(id: bigint, order: Order): void {
    const { side, price, size } = order;
    this.orders.set(id, order);
    const levels = side === SIDE.BID ? this.levels.bid : this.levels.ask;
    levels.set(price, (levels.get(price) ?? 0) + size);
    if (side === SIDE.BID) {
      if (this.bestBid === null || price > this.bestBid) this.bestBid = price;
    } else if (this.bestAsk === null || price < this.bestAsk) this.bestAsk = price;
  }

  #take(id: bigint, { side, price, size }: Order): void {
    this.orders.delete(id);
    const levels = side === SIDE.BID ? this.levels.bid : this.levels.ask;
    const left = (levels.get(price) ?? 0) - size;
    if (left > 0) return void levels.set(price, left);
    levels.delete(price);
    const isBest = price === (side === SIDE.BID ? this.bestBid : this.bestAsk);
    if (!isBest) return;
    let best: bigint | null = null;
    for (const each of levels.keys()) {
      if (best === null || (side === SIDE.BID ? each > best : each < best)) best = each;
    }
    if (side === SIDE.BID) this.bestBid = best;
    else this.bestAsk = best;
  }
}
