/** What happened at every tick of one side of a book in one window; each column has a value per slot. */
export class BandSide {
  /** Resting when the window began, contracts. */
  readonly start: Float64Array;
  /** Resting when it ended, contracts. */
  readonly end: Float64Array;
  readonly add: Float64Array;
  /** Withdrawn, and not executed. */
  readonly pull: Float64Array;
  readonly fill: Float64Array;
  /** Of `end`, what had rested at its price for 500 ms. */
  readonly rest: Float64Array;
  /** Of `pull`, what had rested so. */
  readonly pullRest: Float64Array;
  /** 1 where depth rests at the end or anything happened, else 0: a row of the surfaces. */
  readonly hasRow: Uint8Array;

  constructor(slots: number) {
    this.start = new Float64Array(slots);
    this.end = new Float64Array(slots);
    this.add = new Float64Array(slots);
    this.pull = new Float64Array(slots);
    this.fill = new Float64Array(slots);
    this.rest = new Float64Array(slots);
    this.pullRest = new Float64Array(slots);
    this.hasRow = new Uint8Array(slots);
  }

  /** Empties every slot. */
  clear(): void {
    this.start.fill(0);
    this.end.fill(0);
    this.add.fill(0);
    this.pull.fill(0);
    this.fill.fill(0);
    this.rest.fill(0);
    this.pullRest.fill(0);
    this.hasRow.fill(0);
  }
}

/**
 * Both sides of a book within so many ticks of the spot, in one window. Slot `i` is the absolute tick
 * `spotTick - halfTicks + i`; a slot without a row holds zeros.
 */
export class Band {
  readonly halfTicks: number;
  readonly slots: number;
  readonly bids: BandSide;
  readonly asks: BandSide;
  /** Spot of the window in absolute ticks (price over tick); 0 when it has none: no slot holds anything then. */
  spotTick = 0;

  constructor(halfTicks: number) {
    this.halfTicks = halfTicks;
    this.slots = 2 * halfTicks + 1;
    this.bids = new BandSide(this.slots);
    this.asks = new BandSide(this.slots);
  }

  /** Empties the band and puts it around a spot, or nowhere (0). */
  moveTo(spotTick: number): void {
    this.spotTick = spotTick;
    this.bids.clear();
    this.asks.clear();
  }
}
