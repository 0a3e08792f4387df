import { STRIKE_STEP_INT } from "../book/mod.ts";
import type { ExposureRows } from "../gamma/mod.ts";
import { ASSUMPTIONS } from "../profile/mod.ts";

const HALF = 12;
const STRIKES = 2 * HALF + 1;
const ROWS = STRIKES * ASSUMPTIONS.length;
const STEP_TICKS = 20;
const column = () => new Float64Array(ROWS);

/**
 * Exposure of the dealers on 25 strikes around the spot: by assumption, then by strike. Strikes off the
 * grid count at the nearest one on it, of two the upper. Columns are kept: the next window overwrites them.
 */
export class LatticeExposure {
  /** 75, or 0 in a window without spot or after the expiry. */
  count = 0;
  readonly strikePriceInt = column();
  readonly relTicks = new Int32Array(ROWS);
  /** Place in `ASSUMPTIONS`. */
  readonly assumption = new Uint8Array(ROWS);
  readonly gammaExposure = column();
  readonly deltaExposure = column();
  readonly vannaExposure = column();
  readonly charmExposure = column();

  /** @param strikeRefInt Middle strike, 1e-9 points. */
  take(rows: ExposureRows, strikeRefInt: number): void {
    this.count = rows.count === 0 ? 0 : ROWS;
    this.gammaExposure.fill(0);
    this.deltaExposure.fill(0);
    this.vannaExposure.fill(0);
    this.charmExposure.fill(0);
    for (let i = 0; i < this.count; i++) {
      const offset = i % STRIKES - HALF;
      this.strikePriceInt[i] = strikeRefInt + offset * STRIKE_STEP_INT;
      this.relTicks[i] = offset * STEP_TICKS;
      this.assumption[i] = Math.floor(i / STRIKES);
    }
    for (let row = 0; row < rows.count; row++) {
      const steps = (rows.strikeInt[row]! - strikeRefInt) / STRIKE_STEP_INT;
      const slot = Math.floor(steps + 0.5) + HALF;
      if (slot < 0 || slot >= STRIKES) continue;
      const to = rows.assumption[row]! * STRIKES + slot;
      this.gammaExposure[to]! += rows.gamma[row]!;
      this.deltaExposure[to]! += rows.delta[row]!;
      this.vannaExposure[to]! += rows.vanna[row]!;
      this.charmExposure[to]! += rows.charmDay[row]!;
    }
  }
}
