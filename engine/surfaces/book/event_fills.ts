/** Doubles of an entry. */
const STRIDE = 8;
const ID_LOW = 0;
const ID_HIGH = 1;
const RANK = 2;
const PENDING = 3;
const PULLED = 4;
const PULLED_REST = 5;
const UNMATCHED = 6;
/** Orders of one event that there is room for at first. */
const FIRST = 4;

/** What a fill finds withdrawn before it: contracts to book anew, and of them those that had rested. */
export interface Rebooked {
  qty: number;
  restQty: number;
}

/**
 * What the open event of an instrument executed and withdrew, one entry per order: contracts that F
 * records announced and no C took yet, and contracts that C records took and no F announced yet. An
 * event has few orders, so a look-up goes through all, the last first.
 */
export class EventFills {
  #data = new Float64Array(FIRST * STRIDE);
  #end = 0;

  /** Contracts of an order that were announced and rest still. */
  pending(idLow: number, idHigh: number): number {
    const at = this.#find(idLow, idHigh);
    return at < 0 ? 0 : this.#data[at + PENDING]!;
  }

  /** Announces contracts of an order as executed. */
  announce(idLow: number, idHigh: number, qty: number): void {
    const at = this.#take(idLow, idHigh) + PENDING;
    this.#data[at] = this.#data[at]! + qty;
  }

  /** Takes away what was announced, as far as `most`. @returns How much that is. */
  execute(idLow: number, idHigh: number, most: number): number {
    const at = this.#find(idLow, idHigh) + PENDING;
    if (at < PENDING) return 0;
    const qty = Math.min(this.#data[at]!, most);
    this.#data[at] = this.#data[at]! - qty;
    return qty;
  }

  /** Marks an order of which more was announced than it held. */
  markUnmatched(idLow: number, idHigh: number): void {
    this.#data[this.#take(idLow, idHigh) + UNMATCHED] = 1;
  }

  /** Gives up what was announced of an order that is no more; it counts as unmatched. */
  dropPending(idLow: number, idHigh: number): void {
    const at = this.#find(idLow, idHigh);
    if (at >= 0) this.#drop(at);
  }

  /** Gives up everything: no order is any more. */
  dropAll(): void {
    for (let at = 0; at < this.#end; at += STRIDE) this.#drop(at);
    this.forgetWithdrawn();
  }

  /** Remembers what a C withdrew, at one price: an order that has moved since begins anew. @param rank Tick of a bid, minus the tick of an ask. */
  withdraw(
    idLow: number,
    idHigh: number,
    rank: number,
    qty: number,
    restQty: number,
  ): void {
    const at = this.#take(idLow, idHigh);
    const data = this.#data;
    if (data[at + RANK] !== rank) {
      data[at + RANK] = rank;
      data[at + PULLED] = 0;
      data[at + PULLED_REST] = 0;
    }
    data[at + PULLED] = data[at + PULLED]! + qty;
    data[at + PULLED_REST] = data[at + PULLED_REST]! + restQty;
  }

  /**
   * Takes back what was withdrawn, as far as `most`.
   *
   * @param into Gets how much that is.
   * @returns Where it rested, as a rank; 0 when nothing was withdrawn.
   */
  takeBack(idLow: number, idHigh: number, most: number, into: Rebooked): number {
    into.qty = 0;
    into.restQty = 0;
    const at = this.#find(idLow, idHigh);
    if (at < 0) return 0;
    const data = this.#data;
    into.qty = Math.min(most, data[at + PULLED]!);
    if (into.qty === 0) return 0;
    into.restQty = Math.min(into.qty, data[at + PULLED_REST]!);
    data[at + PULLED] = data[at + PULLED]! - into.qty;
    data[at + PULLED_REST] = data[at + PULLED_REST]! - into.restQty;
    return data[at + RANK]!;
  }

  /** Ends the event. @returns Orders of which more was announced than C records took or than they held. */
  end(): number {
    let count = 0;
    for (let at = 0; at < this.#end; at += STRIDE) {
      if (this.#data[at + PENDING]! > 0 || this.#data[at + UNMATCHED]! > 0) count++;
    }
    this.#end = 0;
    return count;
  }

  /** Forgets what was withdrawn: it belongs to a window that is over. */
  forgetWithdrawn(): void {
    for (let at = 0; at < this.#end; at += STRIDE) {
      this.#data[at + PULLED] = 0;
      this.#data[at + PULLED_REST] = 0;
    }
  }

  save(): Float64Array {
    return this.#data.slice(0, this.#end);
  }

  restore(state: Float64Array): void {
    while (state.length > this.#data.length) this.#grow();
    this.#data.set(state);
    this.#end = state.length;
  }

  #drop(at: number): void {
    const data = this.#data;
    if (data[at + PENDING] === 0) return;
    data[at + PENDING] = 0;
    data[at + UNMATCHED] = 1;
  }

  #find(idLow: number, idHigh: number): number {
    const data = this.#data;
    let at = this.#end - STRIDE;
    while (at >= 0 && (data[at + ID_LOW] !== idLow || data[at + ID_HIGH] !== idHigh)) at -= STRIDE;
    return at < 0 ? -STRIDE : at;
  }

  #take(idLow: number, idHigh: number): number {
    const known = this.#find(idLow, idHigh);
    if (known >= 0) return known;
    if (this.#end === this.#data.length) this.#grow();
    const at = this.#end;
    this.#end += STRIDE;
    this.#data.fill(0, at, this.#end);
    this.#data[at + ID_LOW] = idLow;
    this.#data[at + ID_HIGH] = idHigh;
    return at;
  }

  #grow(): void {
    const data = new Float64Array(2 * this.#data.length);
    data.set(this.#data);
    this.#data = data;
  }
}
