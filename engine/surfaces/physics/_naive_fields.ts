/** Numbers as the formulas give them, by the names of the datasets in camel case. */
export type NaiveCell = Readonly<Record<string, number>>;

/** What is remembered of a place. */
interface Past {
  ema: readonly number[];
  duDt: number;
}

interface Kernel {
  readonly sigma: number;
  readonly radius: number;
}

const SPANS = [2, 8, 32, 128];

/** What one side of a lattice holds at an absolute place. */
export type NaiveInput = (
  place: number,
) => { readonly u: number; readonly end: number; readonly rest: number };

/**
 * The fields of one side of a lattice as their formulas read: a dictionary by absolute place, and for every mean a
 * walk over all neighbours. Slow, and the yardstick for the fast ones in tests and benches.
 */
export class NaiveFields {
  readonly #half: number;
  readonly #near: Kernel;
  readonly #far: Kernel;
  readonly #sign: 1 | -1;
  #past = new Map<number, Past>();

  /**
   * @param half Cells to either side of the middle one.
   * @param sign 1 for bids, −1 for asks.
   */
  constructor(half: number, near: Kernel, far: Kernel, sign: 1 | -1) {
    this.#half = half;
    this.#near = near;
    this.#far = far;
    this.#sign = sign;
  }

  /** Cells from the lowest to the highest place; none without a middle. */
  close(middle: number, at: NaiveInput): readonly NaiveCell[] {
    const before = this.#past;
    this.#past = new Map();
    if (middle === 0) return [];
    const cells: Record<string, number>[] = [];
    for (let place = middle - this.#half; place <= middle + this.#half; place++) {
      cells.push(this.#step(place, at(place), before.get(place)));
    }
    for (const [i, cell] of cells.entries()) {
      cell.uNear = mean(cells, i, "uEma8", this.#near);
      cell.uFar = mean(cells, i, "uEma32", this.#far);
      cell.omegaNear = mean(cells, i, "omega", this.#near);
      cell.omegaFar = mean(cells, i, "omega", this.#far);
      cell.uProm = cell.uNear - cell.uFar;
      cell.omegaProm = cell.omegaNear - cell.omegaFar;
      cell.nu = 1 + cell.omegaNear + 2 * Math.max(0, cell.omegaProm);
      cell.kappa = 1 / cell.nu;
    }
    for (const [i, cell] of cells.entries()) {
      const [left, right] = [cells[i - 1]?.uNear, cells[i + 1]?.uNear];
      const isBorder = left === undefined || right === undefined;
      cell.duDx = isBorder ? 0 : (right - left) / 2;
      cell.d2uDx2 = isBorder ? 0 : right - 2 * cell.uNear! + left;
    }
    return cells;
  }

  #step(
    place: number,
    { u, end, rest }: ReturnType<NaiveInput>,
    past: Past | undefined,
  ): Record<string, number> {
    const ema = SPANS.map((span, i) => {
      const alpha = 1 - Math.exp(-1 / span);
      return past === undefined ? u : alpha * u + (1 - alpha) * past.ema[i]!;
    });
    const [ema2, ema8, ema32, ema128] = ema as [number, number, number, number];
    const duDt = past === undefined ? 0 : ema2 - past.ema[0]!;
    this.#past.set(place, { ema, duDt });
    const rho = Math.log(1 + end);
    const phiRest = rest / (end + 1);
    return {
      uEma2: ema2,
      uEma8: ema8,
      uEma32: ema32,
      uEma128: ema128,
      uWaveEnergy: Math.hypot(ema2 - ema8, ema8 - ema32, ema32 - ema128),
      duDt,
      d2uDt2: past === undefined ? 0 : duDt - past.duDt,
      rho,
      phiRest,
      uP: phiRest * ema8,
      uPSlow: phiRest * ema32,
      omega: rho * (0.5 + 0.5 * phiRest) * (1 + Math.max(0, phiRest * ema32)),
      pressureGrad: this.#sign * phiRest * ema8,
    };
  }
}

function mean(
  cells: readonly NaiveCell[],
  i: number,
  name: string,
  { sigma, radius }: Kernel,
): number {
  let sum = 0;
  let weights = 0;
  for (let away = -radius; away <= radius; away++) {
    const neighbour = cells[i + away];
    if (neighbour === undefined) continue;
    const weight = Math.exp(-(away ** 2) / (2 * sigma ** 2));
    sum += weight * neighbour[name]!;
    weights += weight;
  }
  return sum / weights;
}
