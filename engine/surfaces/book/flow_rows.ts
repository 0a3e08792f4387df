import type { Band, BandSide } from "../band.ts";
import { liquidityVelocity } from "../liquidity_velocity.ts";
import type { SurfaceBook } from "./surface_book.ts";

/**
 * Depth and flow of one window at every price with a row, and how fast liquidity grew there; bids first,
 * then asks, prices ascending. Columns are kept: the next window overwrites them.
 */
export class FlowRows {
  count = 0;
  /** 0 bid, 1 ask. */
  readonly side: Uint8Array;
  readonly priceInt: Float64Array;
  /** Ticks from the spot. */
  readonly relTicks: Int32Array;
  /** Ticks from the best price of the row's side when the window began. */
  readonly relTicksSide: Int32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly add: Float64Array;
  readonly pull: Float64Array;
  readonly rest: Float64Array;
  readonly pullRest: Float64Array;
  readonly fill: Float64Array;
  /** Contracts over what rested at the start and one: added, withdrawn, executed. */
  readonly addIntensity: Float64Array;
  readonly pullIntensity: Float64Array;
  readonly fillIntensity: Float64Array;
  /** Added less withdrawn less executed, of the intensities. */
  readonly velocity: Float64Array;
  readonly #halfTicks: number;

  /** @param halfTicks Rows at most this far from the spot. */
  constructor(halfTicks: number) {
    this.#halfTicks = halfTicks;
    const most = 2 * (2 * halfTicks + 1);
    const column = () => new Float64Array(most);
    this.side = new Uint8Array(most);
    this.relTicks = new Int32Array(most);
    this.relTicksSide = new Int32Array(most);
    this.priceInt = column();
    this.start = column();
    this.end = column();
    this.add = column();
    this.pull = column();
    this.rest = column();
    this.pullRest = column();
    this.fill = column();
    this.addIntensity = column();
    this.pullIntensity = column();
    this.fillIntensity = column();
    this.velocity = column();
  }

  /**
   * Takes the rows of a finished window.
   *
   * @param band At least as wide as the rows; holds the same window.
   */
  take(band: Band, book: SurfaceBook): void {
    this.count = 0;
    if (band.spotTick === 0) return;
    const { row, tickNano } = book;
    const bid = book.anchorBidInt || row.bestBidInt || row.spotRefInt;
    const ask = book.anchorAskInt || row.bestAskInt || row.spotRefInt;
    this.#takeSide(band, band.bids, 0, tickNano, Math.round(bid / tickNano));
    this.#takeSide(band, band.asks, 1, tickNano, Math.round(ask / tickNano));
  }

  #takeSide(band: Band, from: BandSide, side: number, tickNano: number, anchorTick: number): void {
    const middle = band.halfTicks;
    for (let rel = -this.#halfTicks; rel <= this.#halfTicks; rel++) {
      const slot = middle + rel;
      if (from.hasRow[slot] === 0) continue;
      const i = this.count++;
      const tick = band.spotTick + rel;
      const start = from.start[slot]!;
      this.side[i] = side;
      this.priceInt[i] = tick * tickNano;
      this.relTicks[i] = rel;
      this.relTicksSide[i] = tick - anchorTick;
      this.start[i] = start;
      this.end[i] = from.end[slot]!;
      this.add[i] = from.add[slot]!;
      this.pull[i] = from.pull[slot]!;
      this.rest[i] = from.rest[slot]!;
      this.pullRest[i] = from.pullRest[slot]!;
      this.fill[i] = from.fill[slot]!;
      this.addIntensity[i] = this.add[i]! / (start + 1);
      this.pullIntensity[i] = this.pull[i]! / (start + 1);
      this.fillIntensity[i] = this.fill[i]! / (start + 1);
      this.velocity[i] = liquidityVelocity(start, this.add[i]!, this.pull[i]!, this.fill[i]!);
    }
  }
}
