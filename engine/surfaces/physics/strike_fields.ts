import { FieldInput, LatticeFields, type LatticeFieldsState } from "./lattice_fields.ts";
import { type StrikeVelocity } from "./strike_velocity.ts";

/** Columns of a strike: calls' bids and asks, puts' bids and asks. */
const SERIES = 4;
/** Over one strike what ticks have over twenty of theirs, but never less than a strike. */
const SMOOTHING = { near: { sigma: 1, radius: 1 }, far: { sigma: 24 / 20, radius: 3 } };

/** Copy of the fields' memory, fit for structured clone. */
export interface StrikeFieldsState {
  readonly calls: LatticeFieldsState;
  readonly puts: LatticeFieldsState;
}

/** The same fields over strikes instead of ticks, of the calls and of the puts. */
export class StrikeFields {
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
   * @param strike Middle strike over the step of strikes; 0 when the window has none.
   * @param velocity Of a lattice of the same width, closed for this window.
   * @param depth Contracts at the end and those of them that rest, indexed as {@link StrikeVelocity}.
   */
  close(
    strike: number,
    velocity: StrikeVelocity,
    depth: { readonly end: Float64Array; readonly rest: Float64Array },
  ): void {
    this.count = strike === 0 ? 0 : this.calls.cells;
    this.#closeRight(this.calls, 0, strike, velocity, depth);
    this.#closeRight(this.puts, 2, strike, velocity, depth);
  }

  save(): StrikeFieldsState {
    return { calls: this.calls.save(), puts: this.puts.save() };
  }

  restore(state: StrikeFieldsState): void {
    this.calls.restore(state.calls);
    this.puts.restore(state.puts);
  }

  #closeRight(
    fields: LatticeFields,
    series: number,
    strike: number,
    velocity: StrikeVelocity,
    depth: { readonly end: Float64Array; readonly rest: Float64Array },
  ): void {
    read(velocity, depth, series, this.#bids);
    read(velocity, depth, series + 1, this.#asks);
    fields.close(strike, this.#bids, this.#asks);
  }
}

function read(
  velocity: StrikeVelocity,
  depth: { readonly end: Float64Array; readonly rest: Float64Array },
  series: number,
  input: FieldInput,
): void {
  for (let cell = 0; cell < input.u.length; cell++) {
    const at = cell * SERIES + series;
    input.u[cell] = velocity.liquidityVelocity[at]!;
    input.depthEnd[cell] = depth.end[at]!;
    input.depthRest[cell] = depth.rest[at]!;
  }
}
