import { type Bounds, METRIC, norm, signedNorm } from "../calibration/mod.ts";
import type { StrikeFlow } from "../windows/mod.ts";
import { STRIKE_STEP_INT } from "../book/mod.ts";

const HALF = 12;
const STRIKES = 2 * HALF + 1;
/** Cells of a strike: both rights, both sides. */
const CELLS = 4;
/** Ticks of the future between strikes. */
const STEP_TICKS = 20;
const column = () => new Float64Array(STRIKES);

/**
 * What happened to the quotes of all options of a strike in one window, on 25 strikes around the spot;
 * contracts, and the same normalised. Columns are kept: the next window overwrites them.
 */
export class GexFlowRows {
  /** 25, or 0 in a window without spot. */
  count = 0;
  readonly strikePriceInt = column();
  readonly relTicks = new Int32Array(STRIKES);
  readonly addQtySum = column();
  readonly pullQtySum = column();
  readonly fillQtySum = column();
  readonly pullRestQtySum = column();
  readonly depthTotalSum = column();
  /** Added, withdrawn and executed. */
  readonly flowAbs = column();
  /** Added less withdrawn and executed. */
  readonly flowReinforce = column();
  /** Of the contracts, those withdrawn after resting. */
  readonly pullRestIntensity = column();
  /** 0 to 1. */
  readonly flowAbsNorm = column();
  readonly flowReinforceNorm = column();
  readonly pullRestIntensityNorm = column();
  /** -1 to 1. */
  readonly flowReinforceSigned = column();

  /** @param flow At least as wide as the rows. @param bounds Of this window. */
  take(flow: StrikeFlow, bounds: Bounds): void {
    this.count = flow.strikeRefInt === 0 ? 0 : STRIKES;
    for (let i = 0; i < this.count; i++) {
      const offset = i - HALF;
      this.strikePriceInt[i] = flow.strikeRefInt + offset * STRIKE_STEP_INT;
      this.relTicks[i] = offset * STEP_TICKS;
      const first = (offset + flow.half) * CELLS;
      this.addQtySum[i] = sumOf(flow.add, first);
      this.pullQtySum[i] = sumOf(flow.pull, first);
      this.fillQtySum[i] = sumOf(flow.fill, first);
      this.pullRestQtySum[i] = sumOf(flow.pullRest, first);
      this.depthTotalSum[i] = sumOf(flow.end, first);
      this.#derive(i, bounds);
    }
  }

  #derive(i: number, { q05, q95 }: Bounds): void {
    const { FLOW_ABS, FLOW_REINFORCE, PULL_REST_INTENSITY } = METRIC;
    const [add, pull, fill] = [this.addQtySum[i]!, this.pullQtySum[i]!, this.fillQtySum[i]!];
    const reinforce = add - pull - fill;
    const intensity = this.pullRestQtySum[i]! / (this.depthTotalSum[i]! + 1);
    this.flowAbs[i] = add + pull + fill;
    this.flowReinforce[i] = reinforce;
    this.pullRestIntensity[i] = intensity;
    this.flowAbsNorm[i] = norm(this.flowAbs[i]!, q05[FLOW_ABS]!, q95[FLOW_ABS]!);
    this.flowReinforceNorm[i] = norm(reinforce, q05[FLOW_REINFORCE]!, q95[FLOW_REINFORCE]!);
    this.flowReinforceSigned[i] = signedNorm(reinforce, q05[FLOW_REINFORCE]!, q95[FLOW_REINFORCE]!);
    this.pullRestIntensityNorm[i] = norm(
      intensity,
      q05[PULL_REST_INTENSITY]!,
      q95[PULL_REST_INTENSITY]!,
    );
  }
}

function sumOf(cells: Float64Array, first: number): number {
  return cells[first]! + cells[first + 1]! + cells[first + 2]! + cells[first + 3]!;
}
