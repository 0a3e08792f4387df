import { type Column, type Frame, RowBatch } from "../../engine/frames/mod.ts";
import { Xoshiro256 } from "../../engine/prng/mod.ts";
import { STRIKE_STEP_TICKS } from "../../engine/surfaces/book/mod.ts";
import {
  packWindow,
  type SurfaceName,
  SURFACES,
  type SurfaceWindow,
  type WindowHead,
} from "../market/mod.ts";

/** End of the first window, 2026-01-06 09:30:01 in New York. */
export const FIRST_END_NS = 1_767_709_801_000_000_000n;
const SECOND_NS = 1_000_000_000n;
const TICK_INT = 250_000_000;
const FIRST_SPOT_INT = 6_952_250_000_000;

/** How large the windows are. */
export interface SurfaceSizes {
  /** Price levels of the future with depth or flow. */
  readonly levels: number;
  /** Options, each of which has four premiums on either side. */
  readonly options: number;
}

/** A full session: what the generator's market has around noon. */
export const FULL: SurfaceSizes = { levels: 400, options: 122 };
/** Enough of everything to see it. */
export const SMALL: SurfaceSizes = { levels: 6, options: 2 };

/**
 * Windows as the pass of a market would make them, for readers that do not look at their values: rows and
 * columns are as many and as random as in a market of that size, quantities are whole.
 */
export class ScriptedSurfaces {
  readonly #rng: Xoshiro256;
  readonly #rows: Readonly<Record<SurfaceName, number>>;
  readonly #isOptions: boolean;
  readonly #batches = new Map<SurfaceName, RowBatch>();
  readonly #symbol: string;
  #endNs: bigint;
  #spotInt = FIRST_SPOT_INT;

  constructor(
    { sizes = SMALL, hasOptions = true, symbol = "ESH6", firstEndNs = FIRST_END_NS } = {},
  ) {
    this.#rng = new Xoshiro256(1);
    this.#rows = rowsOf(sizes);
    this.#isOptions = hasOptions;
    this.#symbol = symbol;
    this.#endNs = firstEndNs - SECOND_NS;
    for (const { name, extended } of SURFACES) this.#batches.set(name, new RowBatch(extended));
  }

  /** End of the newest window, epoch ns. */
  get endNs(): bigint {
    return this.#endNs;
  }

  /**
   * The next window, as it arrives from a market's thread.
   *
   * @param skip Windows that do not come before it.
   * @param isPast Whether it is of a past that is being made.
   */
  next(skip = 0, isPast = false): SurfaceWindow {
    this.#endNs += SECOND_NS * BigInt(1 + skip);
    this.#spotInt += TICK_INT * (Math.floor(this.#rng.uniform() * 3) - 1);
    const frames: Partial<Record<SurfaceName, Frame>> = {};
    for (const { name, anchor } of SURFACES) {
      if (!this.#isOptions && (anchor === "strikes" || /^(options|gex|smile)/.test(name))) continue;
      frames[name] = this.#frame(name);
    }
    const window = packWindow(this.#head(isPast), frames);
    return structuredClone(window, { transfer: [window.buffer] });
  }

  #head(isPast: boolean): WindowHead {
    const stepInt = STRIKE_STEP_TICKS * TICK_INT;
    return {
      endNs: this.#endNs,
      symbol: this.#symbol,
      spotRefInt: this.#spotInt,
      strikeRefInt: Math.floor((this.#spotInt + stepInt / 2) / stepInt) * stepInt,
      tickInt: TICK_INT,
      hasOptions: this.#isOptions,
      isPast,
    };
  }

  #frame(name: SurfaceName): Frame {
    const batch = this.#batches.get(name);
    if (batch === undefined) throw new RangeError(`Cannot fill as it is no surface: ${name}`);
    batch.clear();
    batch.extend(this.#rows[name]);
    batch.layout.columns.forEach((column, place) => this.#fill(batch, column, place));
    return batch.frame();
  }

  #fill(batch: RowBatch, { name, type, codes = [] }: Column, place: number): void {
    const { count } = batch;
    if (name === "window_end_ts_ns" || name === "window_start_ts_ns") return;
    const rng = this.#rng;
    if (type === "i32") {
      const half = count >> 1;
      const step = count < 100 && count > 10 ? STRIKE_STEP_TICKS : 1;
      const values = batch.integers(place);
      for (let row = 0; row < count; row++) values[row] = (row - half) * step;
    } else if (type === "code" || type === "bool") {
      const values = batch.bytes(place);
      for (let row = 0; row < count; row++) values[row] = row % Math.max(2, codes.length);
    } else if (type === "f64" || type === "i53") {
      const isWhole = type === "i53" || /qty|depth/.test(name);
      const values = batch.doubles(place);
      for (let row = 0; row < count; row++) {
        values[row] = isWhole ? Math.floor(rng.uniform() * 100) : rng.uniform() - 0.5;
      }
    }
  }
}

function rowsOf({ levels, options }: SurfaceSizes): Readonly<Record<SurfaceName, number>> {
  return {
    snap: 1,
    wall: levels,
    vacuum: levels,
    physics: levels,
    gex: 25,
    bucket_radar: levels >> 1,
    velocity: levels,
    options: 21,
    gex_flow: 25,
    options_wall: options * 8,
    options_flow: options * 2,
    options_detail: 84,
    gex_summary: 1,
    window_stats: 1,
    physics_fields: Math.min(802, 4 * levels),
    exposure: 75,
    gex_profile: 61,
    smile: options >> 1,
  };
}
