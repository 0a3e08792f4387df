import { STRIKE_STEP_INT, STRIKE_STEP_TICKS } from "../book/mod.ts";
import { liquidityVelocity } from "../liquidity_velocity.ts";
import type { StrikeFlow } from "./strike_flow.ts";

/**
 * Depth, flow and velocity of options per strike, right and side: every cell of a lattice, strikes
 * ascending, calls before puts, asks before bids. Without a spot there are no rows. Columns are kept:
 * the next window overwrites them.
 */
export class StrikeRows {
  count = 0;
  readonly strikeInt: Float64Array;
  /** 1 call, 0 put. */
  readonly isCall: Uint8Array;
  /** 0 bid, 1 ask. */
  readonly side: Uint8Array;
  readonly relTicks: Int32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly add: Float64Array;
  readonly pull: Float64Array;
  readonly pullRest: Float64Array;
  readonly fill: Float64Array;
  readonly addIntensity: Float64Array;
  readonly pullIntensity: Float64Array;
  readonly fillIntensity: Float64Array;
  readonly velocity: Float64Array;
  /** Sum of the four velocities of every strike, strikes ascending. */
  readonly netVelocity: Float64Array;
  readonly netStrikeInt: Float64Array;
  readonly netRelTicks: Int32Array;
  netCount = 0;
  readonly #half: number;

  /** @param half Strikes on each side of the middle. */
  constructor(half: number) {
    this.#half = half;
    const strikes = 2 * half + 1;
    const most = strikes * 4;
    const column = () => new Float64Array(most);
    this.strikeInt = column();
    this.isCall = new Uint8Array(most);
    this.side = new Uint8Array(most);
    this.relTicks = new Int32Array(most);
    this.start = column();
    this.end = column();
    this.add = column();
    this.pull = column();
    this.pullRest = column();
    this.fill = column();
    this.addIntensity = column();
    this.pullIntensity = column();
    this.fillIntensity = column();
    this.velocity = column();
    this.netVelocity = new Float64Array(strikes);
    this.netStrikeInt = new Float64Array(strikes);
    this.netRelTicks = new Int32Array(strikes);
  }

  /** Takes the rows of a window. @param flow At least as wide as the rows. */
  take(flow: StrikeFlow): void {
    this.count = 0;
    this.netCount = 0;
    if (flow.strikeRefInt === 0) return;
    for (let offset = -this.#half; offset <= this.#half; offset++) {
      let net = 0;
      for (let right = 0; right < 2; right++) {
        for (let side = 1; side >= 0; side--) net += this.#takeCell(flow, offset, right, side);
      }
      const i = this.netCount++;
      this.netVelocity[i] = net;
      this.netStrikeInt[i] = flow.strikeRefInt + offset * STRIKE_STEP_INT;
      this.netRelTicks[i] = offset * STRIKE_STEP_TICKS;
    }
  }

  #takeCell(flow: StrikeFlow, offset: number, right: number, side: number): number {
    const cell = ((offset + flow.half) * 2 + right) * 2 + side;
    const i = this.count++;
    const add = flow.add[cell]!;
    const pull = flow.pull[cell]!;
    const fill = flow.fill[cell]!;
    const start = Math.max(0, flow.end[cell]! - add + pull + fill);
    this.strikeInt[i] = flow.strikeRefInt + offset * STRIKE_STEP_INT;
    this.isCall[i] = right === 0 ? 1 : 0;
    this.side[i] = side;
    this.relTicks[i] = offset * STRIKE_STEP_TICKS;
    this.start[i] = start;
    this.end[i] = flow.end[cell]!;
    this.add[i] = add;
    this.pull[i] = pull;
    this.pullRest[i] = flow.pullRest[cell]!;
    this.fill[i] = fill;
    this.addIntensity[i] = add / (start + 1);
    this.pullIntensity[i] = pull / (start + 1);
    this.fillIntensity[i] = fill / (start + 1);
    this.velocity[i] = liquidityVelocity(start, add, pull, fill);
    return this.velocity[i]!;
  }
}
