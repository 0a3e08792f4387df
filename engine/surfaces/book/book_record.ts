/**
 * A market-by-order record on its way to a book. One is reused for all: a double that is handed to a
 * function costs an object where the call is not inlined, one in an array never does.
 */
export class BookRecord {
  action = 0;
  side = 0;
  /** Contracts. */
  size = 0;
  idLow = 0;
  idHigh = 0;
  flags = 0;
  readonly #wide = new Float64Array(2);

  /** Event time, ns offset. */
  get tsNs(): number {
    return this.#wide[0]!;
  }

  set tsNs(tsNs: number) {
    this.#wide[0] = tsNs;
  }

  /** 1e-9 points; 0 without a price. */
  get priceNano(): number {
    return this.#wide[1]!;
  }

  set priceNano(priceNano: number) {
    this.#wide[1] = priceNano;
  }
}
