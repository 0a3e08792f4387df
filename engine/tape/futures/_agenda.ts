const PLACES = 256;

/** What waits in an agenda. */
export const DUE = {
  /** An iceberg shows its next slice. */
  REFILL: 0,
  /** An order that was not meant to stay leaves. */
  WITHDRAW: 1,
  /** A further message of whoever sent the last one. */
  LIMIT: 2,
  CANCEL: 3,
  MARKET: 4,
  /** A maker takes back a quote that the price has passed. */
  PULL: 5,
  /** A maker quotes inside an open spread. */
  IMPROVE: 6,
} as const;

/** Which of the things that wait. */
export type Due = typeof DUE[keyof typeof DUE];

/** What events cause later, in the order of time; what does not fit is dropped. */
export class Agenda {
  /** What {@link Agenda.take} took last: kind, side (+1 bids, −1 asks), and what its kind says of it. */
  kind: Due = DUE.REFILL;
  sign = 0;
  /** Price in ticks, or slot of an order. */
  place = 0;
  size = 0;
  left = 0;
  /** Id of the order in the slot. */
  id = 0;
  readonly #ns = new Float64Array(PLACES);
  readonly #kind: Due[] = new Array<Due>(PLACES).fill(DUE.REFILL);
  readonly #sign = new Int8Array(PLACES);
  readonly #place = new Int32Array(PLACES);
  readonly #size = new Int32Array(PLACES);
  readonly #left = new Int32Array(PLACES);
  readonly #id = new Float64Array(PLACES);
  /** Rows by descending time, so that the next one is the last. */
  readonly #order = new Uint16Array(PLACES).map((_, row) => row);
  #count = 0;

  /** Time of the first thing, ns, or Infinity. */
  get nextNs(): number {
    return this.#count === 0 ? Infinity : this.#ns[this.#order[this.#count - 1]!]!;
  }

  /** Enters a thing; of two at one time the one entered first comes first. */
  add(ns: number, kind: Due, sign: number, place = 0, size = 0, left = 0, id = 0): void {
    if (this.#count === PLACES) return;
    const order = this.#order;
    let at = this.#count++;
    const row = order[at]!;
    while (at > 0 && this.#ns[order[at - 1]!]! <= ns) {
      order[at] = order[at - 1]!;
      at--;
    }
    order[at] = row;
    this.#ns[row] = ns;
    this.#kind[row] = kind;
    this.#sign[row] = sign;
    this.#place[row] = place;
    this.#size[row] = size;
    this.#left[row] = left;
    this.#id[row] = id;
  }

  /** Takes the first thing out; there must be one. */
  take(): void {
    const row = this.#order[--this.#count]!;
    this.kind = this.#kind[row]!;
    this.sign = this.#sign[row]!;
    this.place = this.#place[row]!;
    this.size = this.#size[row]!;
    this.left = this.#left[row]!;
    this.id = this.#id[row]!;
  }
}
