import { liquidityVelocity } from "./liquidity_velocity.ts";

/** Columns of a strike: calls' bids and asks, puts' bids and asks, as the sums of a window have them. */
const SERIES = 4;

/** Sums of a window per strike: index = (offset + half) × 4 + right (C 0, P 1) × 2 + side (B 0, A 1). */
export interface StrikeSums {
  /** Strikes to either side of the middle one. */
  readonly half: number;
  readonly end: Float64Array;
  readonly add: Float64Array;
  readonly pull: Float64Array;
  readonly fill: Float64Array;
}

/** Velocity of a chain's liquidity per strike, right and side, and net per strike. */
export class StrikeVelocity {
  /** Strikes to either side of the middle one. */
  readonly half: number;
  /** Index as in {@link StrikeSums}; contracts when the window began, ≥ 0. */
  readonly depthQtyStart: Float64Array;
  readonly addIntensity: Float64Array;
  readonly fillIntensity: Float64Array;
  readonly pullIntensity: Float64Array;
  readonly liquidityVelocity: Float64Array;
  /** Sum of the four ratios of a strike, and not a ratio of sums; index = offset + half. */
  readonly net: Float64Array;

  /** @param half Strikes to either side of the middle one. */
  constructor(half: number) {
    const strikes = 2 * half + 1;
    this.half = half;
    this.depthQtyStart = new Float64Array(SERIES * strikes);
    this.addIntensity = new Float64Array(SERIES * strikes);
    this.fillIntensity = new Float64Array(SERIES * strikes);
    this.pullIntensity = new Float64Array(SERIES * strikes);
    this.liquidityVelocity = new Float64Array(SERIES * strikes);
    this.net = new Float64Array(strikes);
  }

  /** @param sums Of a lattice that is at least as wide; what lies farther out is left out. */
  close(sums: StrikeSums): void {
    const first = (sums.half - this.half) * SERIES;
    this.net.fill(0);
    for (let i = 0; i < this.liquidityVelocity.length; i++) {
      const add = sums.add[first + i]!;
      const pull = sums.pull[first + i]!;
      const fill = sums.fill[first + i]!;
      const start = Math.max(0, sums.end[first + i]! - add + pull + fill);
      const velocity = liquidityVelocity(start, add, pull, fill);
      this.depthQtyStart[i] = start;
      this.addIntensity[i] = add / (start + 1);
      this.fillIntensity[i] = fill / (start + 1);
      this.pullIntensity[i] = pull / (start + 1);
      this.liquidityVelocity[i] = velocity;
      this.net[Math.floor(i / SERIES)]! += velocity;
    }
  }
}
