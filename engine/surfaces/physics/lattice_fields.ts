import { exp, log } from "../../dmath/mod.ts";
import { FieldColumns } from "./field_columns.ts";
import { GaussianMeans } from "./gaussian_means.ts";

/** Width of a lattice, and over how many of its cells things are smoothed. */
export interface FieldLattice {
  /** Cells to either side of the middle one. */
  readonly halfCells: number;
  /** Gaussian, cells. */
  readonly near: { readonly sigma: number; readonly radius: number };
  readonly far: { readonly sigma: number; readonly radius: number };
}

/** What a side of a lattice held at the end of a window, a value per cell; 0 where it had no row. */
export class FieldInput {
  /** Liquidity velocity. */
  readonly u: Float64Array;
  /** Contracts. */
  readonly depthEnd: Float64Array;
  /** Contracts of those that rest. */
  readonly depthRest: Float64Array;

  /** @param cells Of the lattice. */
  constructor(cells: number) {
    this.u = new Float64Array(cells);
    this.depthEnd = new Float64Array(cells);
    this.depthRest = new Float64Array(cells);
  }
}

/** Copy of the fields' memory, fit for structured clone. */
export interface LatticeFieldsState {
  readonly middle: number;
  /** Of bids, then asks: four means and the change of the first, a value per cell. */
  readonly columns: readonly Float64Array[];
}

const ALPHA_2 = 1 - exp(-1 / 2);
const ALPHA_8 = 1 - exp(-1 / 8);
const ALPHA_32 = 1 - exp(-1 / 32);
const ALPHA_128 = 1 - exp(-1 / 128);

/**
 * Fields of both sides of a lattice over several scales of time and place. A cell belongs to its absolute place:
 * its past stays with it while the middle moves. A cell that was not in the lattice one window before starts anew, and
 * so does every cell after a window without a middle.
 */
export class LatticeFields {
  readonly halfCells: number;
  readonly cells: number;
  /** Overwritten by the next window; they mean nothing in a window without a middle. */
  readonly bids: FieldColumns;
  readonly asks: FieldColumns;
  readonly #near: GaussianMeans;
  readonly #far: GaussianMeans;
  #middle = 0;

  constructor({ halfCells, near, far }: FieldLattice) {
    this.halfCells = halfCells;
    this.cells = 2 * halfCells + 1;
    this.bids = new FieldColumns(this.cells);
    this.asks = new FieldColumns(this.cells);
    this.#near = new GaussianMeans(this.cells, near.sigma, near.radius);
    this.#far = new GaussianMeans(this.cells, far.sigma, far.radius);
  }

  /**
   * Takes the next window.
   *
   * @param middle Absolute place of the middle cell, in cells; 0 when the window has none.
   */
  close(middle: number, bids: FieldInput, asks: FieldInput): void {
    const moved = this.#middle === 0 ? this.cells : middle - this.#middle;
    this.#middle = middle;
    if (middle === 0) return;
    this.#step(this.bids, bids, moved);
    this.#step(this.asks, asks, moved);
    this.#smooth();
    const { cells } = this;
    writeSlopes(this.bids, cells);
    writeSlopes(this.asks, cells);
    for (let cell = 0; cell < cells; cell++) {
      this.bids.pressureGrad[cell] = this.bids.uP[cell]!;
      this.asks.pressureGrad[cell] = 0 - this.asks.uP[cell]!; // and not −0
    }
  }

  save(): LatticeFieldsState {
    const columns = [this.bids, this.asks].flatMap(remembered).map((column) => column.slice());
    return { middle: this.#middle, columns };
  }

  /** Puts a copy of fields of as many cells back. */
  restore(state: LatticeFieldsState): void {
    this.#middle = state.middle;
    [this.bids, this.asks].flatMap(remembered).forEach((column, i) =>
      column.set(state.columns[i]!)
    );
  }

  #step(columns: FieldColumns, input: FieldInput, moved: number): void {
    const { cells } = this;
    const from = Math.min(cells, Math.max(0, -moved));
    const to = Math.max(from, Math.min(cells, cells - moved));
    shift(columns.uEma2, moved);
    shift(columns.uEma8, moved);
    shift(columns.uEma32, moved);
    shift(columns.uEma128, moved);
    shift(columns.duDt, moved);
    begin(columns, input.u, 0, from);
    advance(columns, input.u, from, to);
    begin(columns, input.u, to, cells);
    writeResistance(columns, input, cells);
  }

  #smooth(): void {
    const { bids, asks } = this;
    this.#near.load(0, bids.uEma8);
    this.#near.load(1, asks.uEma8);
    this.#near.load(2, bids.omega);
    this.#near.load(3, asks.omega);
    this.#near.write(bids.uNear, asks.uNear, bids.omegaNear, asks.omegaNear);
    this.#far.load(0, bids.uEma32);
    this.#far.load(1, asks.uEma32);
    this.#far.load(2, bids.omega);
    this.#far.load(3, asks.omega);
    this.#far.write(bids.uFar, asks.uFar, bids.omegaFar, asks.omegaFar);
  }
}

/** Columns that the next window needs. */
function remembered(columns: FieldColumns): readonly Float64Array[] {
  return [columns.uEma2, columns.uEma8, columns.uEma32, columns.uEma128, columns.duDt];
}

/** Moves a column so that every cell keeps its absolute place. */
function shift(column: Float64Array, moved: number): void {
  if (moved > 0) column.copyWithin(0, moved);
  else if (moved < 0) column.copyWithin(-moved, 0);
}

/** Cells without a past: every mean begins at its first value. */
function begin(columns: FieldColumns, u: Float64Array, from: number, to: number): void {
  for (let cell = from; cell < to; cell++) {
    columns.uEma2[cell] = u[cell]!;
    columns.uEma8[cell] = u[cell]!;
    columns.uEma32[cell] = u[cell]!;
    columns.uEma128[cell] = u[cell]!;
    columns.uWaveEnergy[cell] = 0;
    columns.duDt[cell] = 0;
    columns.d2uDt2[cell] = 0;
  }
}

function advance(columns: FieldColumns, u: Float64Array, from: number, to: number): void {
  const { uEma2, uEma8, uEma32, uEma128, uWaveEnergy, duDt, d2uDt2 } = columns;
  for (let cell = from; cell < to; cell++) {
    const now = u[cell]!;
    const change = ALPHA_2 * (now - uEma2[cell]!);
    const ema2 = uEma2[cell]! + change;
    const ema8 = uEma8[cell]! + ALPHA_8 * (now - uEma8[cell]!);
    const ema32 = uEma32[cell]! + ALPHA_32 * (now - uEma32[cell]!);
    const ema128 = uEma128[cell]! + ALPHA_128 * (now - uEma128[cell]!);
    const fast = ema2 - ema8;
    const mid = ema8 - ema32;
    const slow = ema32 - ema128;
    uEma2[cell] = ema2;
    uEma8[cell] = ema8;
    uEma32[cell] = ema32;
    uEma128[cell] = ema128;
    uWaveEnergy[cell] = Math.sqrt(fast * fast + mid * mid + slow * slow);
    d2uDt2[cell] = change - duDt[cell]!;
    duDt[cell] = change;
  }
}

function writeResistance(columns: FieldColumns, input: FieldInput, cells: number): void {
  const { rho, phiRest, uP, uPSlow, omega, uEma8, uEma32 } = columns;
  for (let cell = 0; cell < cells; cell++) {
    const depth = input.depthEnd[cell]!;
    const density = depth === 0 ? 0 : log(1 + depth);
    const resting = input.depthRest[cell]! / (depth + 1);
    const slow = resting * uEma32[cell]!;
    rho[cell] = density;
    phiRest[cell] = resting;
    uP[cell] = resting * uEma8[cell]!;
    uPSlow[cell] = slow;
    omega[cell] = density * (0.5 + 0.5 * resting) * (1 + Math.max(0, slow));
  }
}

/** Everything that follows from the smoothed columns. */
function writeSlopes(columns: FieldColumns, cells: number): void {
  const { uNear, uFar, omegaNear, omegaFar, uProm, omegaProm, duDx, d2uDx2, nu, kappa } = columns;
  for (let cell = 0; cell < cells; cell++) {
    const prominence = omegaNear[cell]! - omegaFar[cell]!;
    const viscosity = 1 + omegaNear[cell]! + 2 * Math.max(0, prominence);
    uProm[cell] = uNear[cell]! - uFar[cell]!;
    omegaProm[cell] = prominence;
    nu[cell] = viscosity;
    kappa[cell] = 1 / viscosity;
  }
  for (let cell = 1; cell < cells - 1; cell++) {
    const before = uNear[cell - 1]!;
    const after = uNear[cell + 1]!;
    duDx[cell] = (after - before) / 2;
    d2uDx2[cell] = after - 2 * uNear[cell]! + before;
  }
}
