import { Differences, type DifferencesState } from "../differences.ts";
import { CONTRACT_MULTIPLIER } from "../profile/mod.ts";
import { STRIKE_STEP_INT, STRIKE_STEP_TICKS } from "../book/mod.ts";
import type { GreekRows } from "./greek_rows.ts";

const HALF = 12;
/** Strikes of the surface. */
export const GEX_STRIKES = 2 * HALF + 1;
/** Added to the denominator of the imbalance. */
const EPSILON = 1e-6;
const column = () => new Float64Array(GEX_STRIKES);

/** Copy of the last differences, fit for structured clone. */
export type GexState = readonly DifferencesState[];

/**
 * Gamma exposure at the 25 strikes around the spot. A column has a value for each strike, ascending; USD per point of
 * position value that is gained per point of the index, calls + and puts -: assumes dealers long calls, short puts.
 */
export class GexSurface {
  /** 25, or 0 in a window without spot. */
  count = 0;
  /** Middle strike, 1e-9 points. */
  strikeRefInt = 0;
  readonly strikeInt = column();
  /** Ticks of the future from the middle strike. */
  readonly relTicks = new Int32Array(GEX_STRIKES);
  readonly gexCallAbs = column();
  readonly gexPutAbs = column();
  readonly gexAbs = column();
  readonly gex = column();
  /** Of `gex` in `gexAbs`, [-1, 1]. */
  readonly gexImbalanceRatio = column();
  /** From one second to the next by strike; a strike that enters starts at 0. */
  readonly absDifferences = new Differences(GEX_STRIKES);
  readonly gexDifferences = new Differences(GEX_STRIKES);
  readonly ratioDifferences = new Differences(GEX_STRIKES);

  /** Takes the greeks of a window with a spot. @param strikeRefInt 1e-9 points, a whole multiple of the strikes' step. */
  take(greeks: GreekRows, strikeRefInt: number): void {
    this.strikeRefInt = strikeRefInt;
    this.count = GEX_STRIKES;
    this.gexCallAbs.fill(0);
    this.gexPutAbs.fill(0);
    this.#sum(greeks);
    for (let slot = 0; slot < GEX_STRIKES; slot++) {
      const call = this.gexCallAbs[slot]!;
      const put = this.gexPutAbs[slot]!;
      this.strikeInt[slot] = strikeRefInt + (slot - HALF) * STRIKE_STEP_INT;
      this.relTicks[slot] = (slot - HALF) * STRIKE_STEP_TICKS;
      this.gexAbs[slot] = call + put;
      this.gex[slot] = call - put;
      this.gexImbalanceRatio[slot] = (call - put) / (call + put + EPSILON);
    }
    this.#differ(strikeRefInt / STRIKE_STEP_INT);
  }

  /** Takes a window without spot: no rows, and every strike starts anew after it. */
  skip(): void {
    this.count = 0;
    this.strikeRefInt = 0;
    this.#differ(0);
  }

  save(): GexState {
    return [this.absDifferences, this.gexDifferences, this.ratioDifferences]
      .map((differences) => differences.save());
  }

  restore(state: GexState): void {
    [this.absDifferences, this.gexDifferences, this.ratioDifferences]
      .forEach((differences, i) => differences.restore(state[i]!));
  }

  /** Strikes off the grid count at the nearest one on it, of two the upper. */
  #sum({ count, isCall, strikeInt, gamma, openInterest }: GreekRows): void {
    const lowest = this.strikeRefInt - (HALF + 0.5) * STRIKE_STEP_INT;
    for (let row = 0; row < count; row++) {
      const slot = Math.floor((strikeInt[row]! - lowest) / STRIKE_STEP_INT);
      if (slot < 0 || slot >= GEX_STRIKES) continue;
      const exposure = gamma[row]! * openInterest[row]! * CONTRACT_MULTIPLIER;
      if (!(exposure > 0)) continue;
      if (isCall[row] === 1) this.gexCallAbs[slot]! += exposure;
      else this.gexPutAbs[slot]! += exposure;
    }
  }

  #differ(strike: number): void {
    this.absDifferences.take(strike, this.gexAbs);
    this.gexDifferences.take(strike, this.gex);
    this.ratioDifferences.take(strike, this.gexImbalanceRatio);
  }
}
