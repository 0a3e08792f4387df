import { FieldInput, LatticeFields, type LatticeFieldsState } from "./lattice_fields.ts";
import { liquidityVelocity } from "./liquidity_velocity.ts";

/** Numbers per strike: calls' bids, calls' asks, puts' bids, puts' asks. */
const CELLS = 4;
/** Over strikes what the kernels of ticks are over twenty times as many, but never less than a strike. */
const SMOOTHING = { near: { sigma: 1, radius: 1 }, far: { sigma: 24 / 20, radius: 3 } };

/** Sums of a window per strike: index = ((offset + half) × 2 + right) × 2 + side; calls and bids are 0. */
export interface StrikeSums {
  /** Strikes to either side of the middle one. */
  readonly half: number;
  /** Contracts at the end, and those of them that rest. */
  readonly end: Float64Array;
  readonly rest: Float64Array;
  /** Contracts added, withdrawn, executed. */
  readonly add: Float64Array;
  readonly pull: Float64Array;
  readonly fill: Float64Array;
}

/** Copy of the fields' memory, fit for structured clone. */
export interface StrikeFieldsState {
  readonly calls: LatticeFieldsState;
  readonly puts: LatticeFieldsState;
}

/** Fields over strikes instead of ticks, of a chain's calls and of its puts. */
export class StrikeFields {
  /** Overwritten by the next window. Cell `i` lies `i − half` strikes from the middle one. */
  readonly calls: LatticeFields;
  readonly puts: LatticeFields;
  /** Strikes with fields: all of the lattice, or 0 while there is no spot. */
  count = 0;
  readonly #bids: FieldInput;
  readonly #asks: FieldInput;

  /** @param half Strikes to either side of the middle one. */
  constructor(half: number) {
    this.calls = new LatticeFields({ halfCells: half, ...SMOOTHING });
    this.puts = new LatticeFields({ halfCells: half, ...SMOOTHING });
    this.#bids = new FieldInput(this.calls.cells);
    this.#asks = new FieldInput(this.calls.cells);
  }

  /**
   * Takes the next window.
   *
   * @param strike Middle strike in steps of strikes; 0 when the window has none.
   * @param sums Of a lattice that is at least as wide; what lies farther out is left out.
   */
  close(strike: number, sums: StrikeSums): void {
    this.count = strike === 0 ? 0 : this.calls.cells;
    this.#closeRight(this.calls, 0, strike, sums);
    this.#closeRight(this.puts, 2, strike, sums);
  }

  save(): StrikeFieldsState {
    return { calls: this.calls.save(), puts: this.puts.save() };
  }

  restore(state: StrikeFieldsState): void {
    this.calls.restore(state.calls);
    this.puts.restore(state.puts);
  }

  #closeRight(fields: LatticeFields, right: 0 | 2, strike: number, sums: StrikeSums): void {
    const first = (sums.half - fields.halfCells) * CELLS + right;
    read(sums, first, this.#bids);
    read(sums, first + 1, this.#asks);
    fields.close(strike, this.#bids, this.#asks);
  }
}

function read(sums: StrikeSums, first: number, input: FieldInput): void {
  for (let cell = 0; cell < input.u.length; cell++) {
    const at = first + cell * CELLS;
    const add = sums.add[at]!;
    const pull = sums.pull[at]!;
    const fill = sums.fill[at]!;
    const start = Math.max(0, sums.end[at]! - add + pull + fill);
    input.depthEnd[cell] = sums.end[at]!;
    input.depthRest[cell] = sums.rest[at]!;
    input.u[cell] = liquidityVelocity(start, add, pull, fill);
  }
}
