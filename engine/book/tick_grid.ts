/**
 * Rounds half to even, as IEEE 754 does: 0.5 → 0, 1.5 → 2, 2.5 → 2.
 */
function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest < 0.5) return floor;
  if (rest > 0.5) return floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Absolute tick of the mid of two prices, halves up: the anchor of a two-sided book. */
export function midTick(bidNano: number, askNano: number, tickNano: number): number {
  return Math.floor((bidNano + askNano) / (2 * tickNano) + 0.5);
}

/** A fixed stretch of absolute price ticks around an anchor. */
export class TickGrid {
  /** Slots. */
  readonly ticks: number;
  /** 1e-9 currency units per tick. */
  readonly tickNano: number;
  /** Slot of the anchor, ⌊ticks / 2⌋. */
  readonly half: number;
  /** Absolute tick at slot `half`; −1 when unset. */
  anchor = -1;
  readonly #perNano: number;

  /** @throws {RangeError} When `ticks` is below 3 or `tickNano` is not above 0. */
  constructor(ticks: number, tickNano: number) {
    if (!(Number.isInteger(ticks) && ticks >= 3)) {
      throw new RangeError(`Cannot build a tick grid as it needs 3 ticks or more: ${ticks}`);
    }
    if (!(tickNano > 0)) {
      throw new RangeError(`Cannot build a tick grid as the tick must be above 0: ${tickNano}`);
    }
    this.ticks = ticks;
    this.tickNano = tickNano;
    this.#perNano = 1 / tickNano;
    this.half = Math.floor(ticks / 2);
  }

  /** Slot of a price, halves to the even tick; −1 when outside or unanchored. */
  indexOf(priceNano: number): number {
    if (this.anchor < 0) return -1;
    // A price on a tick, and which one, is cheaper to check than to compute.
    const near = (priceNano * this.#perNano + 0.5) | 0;
    const tick = near * this.tickNano === priceNano
      ? near
      : roundHalfEven(priceNano / this.tickNano);
    const i = tick - this.anchor + this.half;
    return i >= 0 && i < this.ticks ? i : -1;
  }

  /** Price of a slot in 1e-9 units; 0 for a negative slot or when unanchored. */
  priceOf(index: number): number {
    if (index < 0 || this.anchor < 0) return 0;
    return (this.anchor - this.half + index) * this.tickNano;
  }
}
