import { type Bounds, METRIC, norm } from "../calibration/mod.ts";
import { ease } from "./ease.ts";
import type { LevelRows } from "./level_rows.ts";

const DIRECTIONS = ["above", "below"] as const;
const BANDS = ["at", "near", "mid", "far"] as const;
const VALUES = ["wall_strength_norm", "wall_erosion_norm", "vacuum_norm"] as const;
/** Farthest tick of each band. */
const FARTHEST = [2, 5, 14, 20] as const;
const GROUPS = DIRECTIONS.length * BANDS.length;
const ABOVE_SCORE = GROUPS * VALUES.length;
const BELOW_SCORE = ABOVE_SCORE + 1;
const TOTAL_SCORE = ABOVE_SCORE + 2;

/** Names of the columns that {@link PhysicsBands} writes, in order. */
export const BAND_COLUMNS: readonly string[] = [
  ...DIRECTIONS.flatMap((direction) =>
    BANDS.flatMap((band) => VALUES.map((value) => `${direction}_${band}_${value}`))
  ),
  "above_score",
  "below_score",
  "vacuum_total_score",
];

/** How easily price moves up and down, by distance from the spot: the rows of a window in eight groups. */
export class PhysicsBands {
  /** By {@link BAND_COLUMNS}, each 0 to 1; overwritten by the next window. */
  readonly row = new Float64Array(BAND_COLUMNS.length);
  /** Sums of a group, then its mean: wall, erosion, vacuum. */
  readonly #sums = new Float64Array(GROUPS * VALUES.length);
  readonly #counts = new Float64Array(GROUPS);

  /**
   * @param levels Rows of the window.
   * @param bounds Of this window.
   */
  close(levels: LevelRows, { q05, q95 }: Bounds): Float64Array {
    const { EROSION, WALL_STRENGTH } = METRIC;
    const { row } = this;
    this.#sum(levels);
    for (let group = 0; group < GROUPS; group++) {
      const count = this.#counts[group]!;
      const at = group * VALUES.length;
      if (count === 0) row.fill(0, at, at + VALUES.length);
      else {
        const wall = at;
        const erosion = at + 1;
        const vacuum = at + 2;
        row[wall] = norm(this.#sums[wall]! / count, q05[WALL_STRENGTH]!, q95[WALL_STRENGTH]!);
        row[erosion] = norm(this.#sums[erosion]! / count, q05[EROSION]!, q95[EROSION]!);
        row[vacuum] = this.#sums[vacuum]! / count;
      }
    }
    row[ABOVE_SCORE] = this.#score(0);
    row[BELOW_SCORE] = this.#score(BANDS.length);
    row[TOTAL_SCORE] = (row[ABOVE_SCORE]! + row[BELOW_SCORE]!) / 2;
    return row;
  }

  #sum(levels: LevelRows): void {
    this.#sums.fill(0);
    this.#counts.fill(0);
    for (let i = 0; i < levels.count; i++) {
      const rel = levels.relTicks[i]!;
      const isAsk = levels.isAsk[i] === 1;
      if (isAsk ? rel <= 0 : rel >= 0) continue;
      const distance = Math.abs(rel);
      let band = 0;
      while (band < BANDS.length && distance > FARTHEST[band]!) band++;
      if (band === BANDS.length) continue;
      const group = (isAsk ? 0 : BANDS.length) + band;
      this.#counts[group]!++;
      this.#sums[group * VALUES.length]! += levels.wallStrengthLog[i]!;
      this.#sums[group * VALUES.length + 1]! += levels.log1pErosionNorm[i]!;
      this.#sums[group * VALUES.length + 2]! += levels.vacuumScore[i]!;
    }
  }

  /** Score of a direction whose nearest group is the given one. */
  #score(group: number): number {
    return 0.6 * this.#ease(group) + 0.4 * this.#ease(group + 1);
  }

  #ease(group: number): number {
    const at = group * VALUES.length;
    return ease(this.row[at + 2]!, this.row[at + 1]!, this.row[at]!);
  }
}
