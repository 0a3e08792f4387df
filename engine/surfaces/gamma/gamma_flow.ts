import { STRIKE_STEP_INT, STRIKE_STEP_TICKS } from "../book/mod.ts";
import { type Bounds, METRIC, norm, signedNorm } from "../calibration/mod.ts";
import type { StrikeFlow } from "../windows/mod.ts";
import { GEX_STRIKES } from "./gex_surface.ts";

const HALF = (GEX_STRIKES - 1) / 2;
/** Rights and sides of a strike. */
const CELLS = 4;
const column = () => new Float64Array(GEX_STRIKES);

/**
 * What happened to the options' quotes at the 25 strikes around the spot in one window, both rights and sides together.
 * A column has a value for each strike, ascending; contracts unless it says otherwise.
 */
export class GammaFlow {
  /** 25, or 0 in a window without spot. */
  count = 0;
  /** 1e-9 points. */
  readonly strikeInt = column();
  /** Ticks of the future from the middle strike. */
  readonly relTicks = new Int32Array(GEX_STRIKES);
  readonly addQty = column();
  readonly pullQty = column();
  readonly fillQty = column();
  readonly pullRestQty = column();
  /** Resting at the end. */
  readonly depthTotal = column();
  /** Added, pulled and filled. */
  readonly flowAbs = column();
  /** Added less pulled and filled: > 0 where the quotes of the strike thicken. */
  readonly flowReinforce = column();
  /** Of what had rested, pulled over depth and 1. */
  readonly pullRestIntensity = column();
  /** Between the bounds, [0, 1]. */
  readonly flowAbsNorm = column();
  readonly flowReinforceNorm = column();
  readonly pullRestIntensityNorm = column();
  /** Over the wider of the bounds, [-1, 1]. */
  readonly flowReinforceSigned = column();

  /**
   * Takes what a window summed up.
   *
   * @param flow Of at least 12 strikes on each side.
   * @param bounds Those of the window.
   * @throws {RangeError} When the lattice is narrower than that, or bounds are inverted.
   */
  take(flow: StrikeFlow, bounds: Bounds): void {
    if (flow.half < HALF) {
      throw new RangeError(`Cannot take ${flow.half} strikes a side: it must be at least ${HALF}`);
    }
    this.count = flow.strikeRefInt === 0 ? 0 : GEX_STRIKES;
    for (let slot = 0; slot < this.count; slot++) {
      this.strikeInt[slot] = flow.strikeRefInt + (slot - HALF) * STRIKE_STEP_INT;
      this.relTicks[slot] = (slot - HALF) * STRIKE_STEP_TICKS;
      this.#sum(flow, slot);
      this.#norm(bounds, slot);
    }
  }

  #sum({ half, add, pull, fill, pullRest, end }: StrikeFlow, slot: number): void {
    const first = (slot + half - HALF) * CELLS;
    const added = sumOf(add, first);
    const pulled = sumOf(pull, first);
    const filled = sumOf(fill, first);
    const rested = sumOf(pullRest, first);
    const depth = sumOf(end, first);
    this.addQty[slot] = added;
    this.pullQty[slot] = pulled;
    this.fillQty[slot] = filled;
    this.pullRestQty[slot] = rested;
    this.depthTotal[slot] = depth;
    this.flowAbs[slot] = added + pulled + filled;
    this.flowReinforce[slot] = added - pulled - filled;
    this.pullRestIntensity[slot] = rested / (depth + 1);
  }

  #norm({ q05, q95 }: Bounds, slot: number): void {
    const { FLOW_ABS, FLOW_REINFORCE, PULL_REST_INTENSITY } = METRIC;
    const reinforce = this.flowReinforce[slot]!;
    const low = q05[FLOW_REINFORCE]!;
    const high = q95[FLOW_REINFORCE]!;
    this.flowAbsNorm[slot] = norm(this.flowAbs[slot]!, q05[FLOW_ABS]!, q95[FLOW_ABS]!);
    this.flowReinforceNorm[slot] = norm(reinforce, low, high);
    this.flowReinforceSigned[slot] = signedNorm(reinforce, low, high);
    this.pullRestIntensityNorm[slot] = norm(
      this.pullRestIntensity[slot]!,
      q05[PULL_REST_INTENSITY]!,
      q95[PULL_REST_INTENSITY]!,
    );
  }
}

/** Of a strike's rights and sides. */
function sumOf(values: Float64Array, first: number): number {
  return values[first]! + values[first + 1]! + values[first + 2]! + values[first + 3]!;
}
