import { exp } from "../../dmath/mod.ts";

/** Columns that are smoothed together. */
const LANES = 4;

/**
 * Gaussian means of four columns of a lattice at once. Beyond the ends lies nothing: there the weights that are
 * left are scaled up to a sum of one.
 *
 * The four share each weight and are summed side by side, so no sum waits for another; both neighbours of a
 * distance are added before they are weighed.
 */
export class GaussianMeans {
  readonly #cells: number;
  readonly #radius: number;
  /** By distance, 0 to the radius. */
  readonly #weights: Float64Array;
  /** 1 / sum of the weights inside the lattice, per cell. */
  readonly #scales: Float64Array;
  /** The four columns cell by cell, with as many empty cells at either end as the kernel reaches. */
  readonly #padded: Float64Array;

  /**
   * @param cells Of the lattice.
   * @param sigma Cells, > 0.
   * @param radius Farthest cell that counts.
   */
  constructor(cells: number, sigma: number, radius: number) {
    this.#cells = cells;
    this.#radius = radius;
    this.#padded = new Float64Array((cells + 2 * radius) * LANES);
    this.#weights = Float64Array.from(
      { length: radius + 1 },
      (_, away) => exp(-away * away / (2 * sigma * sigma)),
    );
    this.#scales = Float64Array.from({ length: cells }, (_, cell) => {
      let sum = 0;
      for (let away = -radius; away <= radius; away++) {
        if (cell + away >= 0 && cell + away < cells) sum += this.#weights[Math.abs(away)]!;
      }
      return 1 / sum;
    });
  }

  /** Takes a column, shape [cells]. */
  load(lane: 0 | 1 | 2 | 3, column: Float64Array): void {
    const padded = this.#padded;
    for (let cell = 0, at = this.#radius * LANES + lane; cell < this.#cells; cell++, at += LANES) {
      padded[at] = column[cell]!;
    }
  }

  /** Writes the means of the columns last loaded. */
  write(out0: Float64Array, out1: Float64Array, out2: Float64Array, out3: Float64Array): void {
    const padded = this.#padded;
    const weights = this.#weights;
    const radius = this.#radius;
    for (let cell = 0; cell < this.#cells; cell++) {
      const middle = (radius + cell) * LANES;
      let sum0 = padded[middle]!;
      let sum1 = padded[middle + 1]!;
      let sum2 = padded[middle + 2]!;
      let sum3 = padded[middle + 3]!;
      let left = middle;
      let right = middle;
      for (let away = 1; away <= radius; away++) {
        left -= LANES;
        right += LANES;
        const weight = weights[away]!;
        sum0 += weight * (padded[left]! + padded[right]!);
        sum1 += weight * (padded[left + 1]! + padded[right + 1]!);
        sum2 += weight * (padded[left + 2]! + padded[right + 2]!);
        sum3 += weight * (padded[left + 3]! + padded[right + 3]!);
      }
      const scale = this.#scales[cell]!;
      out0[cell] = sum0 * scale;
      out1[cell] = sum1 * scale;
      out2[cell] = sum2 * scale;
      out3[cell] = sum3 * scale;
    }
  }
}
