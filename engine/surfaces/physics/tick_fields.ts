import type { Band, BandSide } from "../band.ts";
import type { FieldColumns } from "./field_columns.ts";
import { FieldInput, LatticeFields, type LatticeFieldsState } from "./lattice_fields.ts";
import { liquidityVelocity } from "../liquidity_velocity.ts";

/** Ticks to either side of the spot that have fields. */
const HALF_TICKS = 200;
const LATTICE = {
  halfCells: HALF_TICKS,
  near: { sigma: 6, radius: 16 },
  far: { sigma: 24, radius: 64 },
};

/** Fields of a future's book: 401 ticks around the spot, both sides, every tick whether it has a row or not. */
export class TickFields {
  readonly #fields = new LatticeFields(LATTICE);
  readonly #bids = new FieldInput(this.#fields.cells);
  readonly #asks = new FieldInput(this.#fields.cells);
  /** Ticks with fields: 401, or 0 while there is no spot. Cell `i` lies `i − 200` ticks from the spot. */
  count = 0;

  /** Overwritten by the next window. */
  get bids(): FieldColumns {
    return this.#fields.bids;
  }

  /** Overwritten by the next window. */
  get asks(): FieldColumns {
    return this.#fields.asks;
  }

  /** @param band At least 200 ticks to either side. */
  close(band: Band): void {
    this.count = band.spotTick === 0 ? 0 : this.#fields.cells;
    if (this.count > 0) {
      const first = band.halfTicks - HALF_TICKS;
      read(band.bids, first, this.#bids);
      read(band.asks, first, this.#asks);
    }
    this.#fields.close(band.spotTick, this.#bids, this.#asks);
  }

  save(): LatticeFieldsState {
    return this.#fields.save();
  }

  restore(state: LatticeFieldsState): void {
    this.#fields.restore(state);
  }
}

function read(side: BandSide, first: number, input: FieldInput): void {
  const { start, add, pull, fill, end, rest } = side;
  for (let cell = 0; cell < input.u.length; cell++) {
    const slot = first + cell;
    input.depthEnd[cell] = end[slot]!;
    input.depthRest[cell] = rest[slot]!;
    input.u[cell] = liquidityVelocity(start[slot]!, add[slot]!, pull[slot]!, fill[slot]!);
  }
}
