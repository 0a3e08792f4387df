import type { Band, BandSide } from "../band.ts";
import { liquidityVelocity } from "./liquidity_velocity.ts";

/** Ticks around the spot that have rows. */
export const VELOCITY_HALF_TICKS = 200;
const ROWS = 2 * (2 * VELOCITY_HALF_TICKS + 1);

/** Depth, flow and velocity per price; the first `count` of each column hold. Bids first, price ascending. */
export class VelocityRows {
  count = 0;
  /** 0 bid, 1 ask. */
  readonly isAsk = new Uint8Array(ROWS);
  /** Price over tick. */
  readonly tick = new Int32Array(ROWS);
  /** Ticks from the spot, −200 to 200. */
  readonly relTicks = new Int32Array(ROWS);
  /** Ticks from the best price of the own side when the window began. */
  readonly relTicksSide = new Int32Array(ROWS);
  readonly depthQtyStart = new Float64Array(ROWS);
  readonly depthQtyEnd = new Float64Array(ROWS);
  readonly addQty = new Float64Array(ROWS);
  readonly pullQtyTotal = new Float64Array(ROWS);
  readonly depthQtyRest = new Float64Array(ROWS);
  readonly pullQtyRest = new Float64Array(ROWS);
  readonly fillQty = new Float64Array(ROWS);
  /** Flows over the depth at the start plus one, ≥ 0. */
  readonly addIntensity = new Float64Array(ROWS);
  readonly fillIntensity = new Float64Array(ROWS);
  readonly pullIntensity = new Float64Array(ROWS);
  /** Above −1. */
  readonly liquidityVelocity = new Float64Array(ROWS);
}

/** Rows of the datasets depth_and_flow and velocity of a future: its prices within 200 ticks of the spot. */
export class VelocitySurface {
  /** Overwritten by the next window. */
  readonly rows = new VelocityRows();

  /**
   * @param band At least 200 ticks to either side.
   * @param bidAnchorTick Best bid when the window began, absolute ticks.
   * @param askAnchorTick Best ask then.
   */
  close(band: Band, bidAnchorTick: number, askAnchorTick: number): VelocityRows {
    this.rows.count = 0;
    if (band.spotTick > 0) {
      this.#append(band, band.bids, 0, bidAnchorTick);
      this.#append(band, band.asks, 1, askAnchorTick);
    }
    return this.rows;
  }

  #append(band: Band, side: BandSide, isAsk: 0 | 1, anchorTick: number): void {
    const rows = this.rows;
    let row = rows.count;
    for (let rel = -VELOCITY_HALF_TICKS; rel <= VELOCITY_HALF_TICKS; rel++) {
      const slot = rel + band.halfTicks;
      if (side.hasRow[slot] === 0) continue;
      const start = side.start[slot]!;
      const add = side.add[slot]!;
      const pull = side.pull[slot]!;
      const fill = side.fill[slot]!;
      rows.isAsk[row] = isAsk;
      rows.tick[row] = band.spotTick + rel;
      rows.relTicks[row] = rel;
      rows.relTicksSide[row] = band.spotTick + rel - anchorTick;
      rows.depthQtyStart[row] = start;
      rows.depthQtyEnd[row] = side.end[slot]!;
      rows.addQty[row] = add;
      rows.pullQtyTotal[row] = pull;
      rows.depthQtyRest[row] = side.rest[slot]!;
      rows.pullQtyRest[row] = side.pullRest[slot]!;
      rows.fillQty[row] = fill;
      rows.addIntensity[row] = add / (start + 1);
      rows.fillIntensity[row] = fill / (start + 1);
      rows.pullIntensity[row] = pull / (start + 1);
      rows.liquidityVelocity[row] = liquidityVelocity(start, add, pull, fill);
      row++;
    }
    rows.count = row;
  }
}
