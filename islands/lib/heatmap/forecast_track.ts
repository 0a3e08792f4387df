import { FORECAST, FORECAST_COLUMNS, FORECAST_HEADER } from "../../../engine/frames/contract.ts";

/** What is forecast for one horizon. */
export interface HorizonForecast {
  readonly ms: number;
  /** Half-widths around the mid, ticks; null where there is no interval. */
  readonly half50: number | null;
  readonly half80: number | null;
  /** Intervals whose outcome is known, and how many of them each interval held. */
  readonly scored: number;
  readonly held50: number;
  readonly held80: number;
  /** Probability that the mid does not change, and outcomes behind it. */
  readonly same: number;
  readonly sameOf: number;
  /** Outcomes in which the mid moved and the lean pointed somewhere; hits and moves up among them. */
  readonly leanOf: number;
  readonly leanHits: number;
  readonly leanUps: number;
}

/** What is forecast at the end of one bin. */
export interface Forecast {
  /** −1 down to +1 up; null before it is warm. */
  readonly lean: number | null;
  /** Ascending. */
  readonly horizons: readonly HorizonForecast[];
}

const HEADER = FORECAST_HEADER.length;
const LEAN = FORECAST_HEADER.findIndex(({ name }) => name === "lean");
const LEAN_IS_WARM = FORECAST_HEADER.findIndex(({ name }) => name === "lean_is_warm");

/** The forecasts of the columns that a page keeps, each by its slot in the column store. */
export class ForecastTrack {
  readonly #capacity: number;
  /** 1 where a slot has a forecast. */
  readonly #known: Uint8Array;
  /** Shape [capacity, header + columns · rows], as `readForecast` gives them. */
  #values = new Float64Array(0);
  #size = 0;

  /** @param capacity Slots of the column store. */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#known = new Uint8Array(capacity);
  }

  /** Puts the forecast of a bin into its slot; null where the stream has none. */
  write(slot: number, values: Float64Array | null): void {
    this.#known[slot] = values === null ? 0 : 1;
    if (values === null) return;
    if (values.length !== this.#size) {
      // The first one, or a stream with other horizons: what was kept cannot be compared.
      this.#size = values.length;
      this.#values = new Float64Array(this.#capacity * this.#size);
      this.#known.fill(0);
      this.#known[slot] = 1;
    }
    this.#values.set(values, slot * this.#size);
  }

  /** The forecast of a slot that holds a bin; null when it came without one. */
  at(slot: number): Forecast | null {
    if (this.#known[slot] !== 1) return null;
    const start = slot * this.#size;
    const isWarm = this.#values[start + LEAN_IS_WARM] === 1;
    return {
      lean: isWarm ? this.#values[start + LEAN]! : null,
      horizons: Array.from({ length: this.#rows }, (_, row) => this.#horizon(slot, row)),
    };
  }

  /** Half-width of the 80 % interval, ticks; NaN where there is none. @param ms Its horizon. */
  half80(slot: number, ms: number): number {
    if (this.#known[slot] !== 1) return NaN;
    for (let row = 0; row < this.#rows; row++) {
      if (this.#value(slot, FORECAST.HORIZON_MS, row) === ms) {
        return this.#value(slot, FORECAST.HALF_80, row);
      }
    }
    return NaN;
  }

  get #rows(): number {
    return (this.#size - HEADER) / FORECAST_COLUMNS.length;
  }

  #value(slot: number, column: number, row: number): number {
    return this.#values[slot * this.#size + HEADER + column * this.#rows + row]!;
  }

  #horizon(slot: number, row: number): HorizonForecast {
    const value = (column: number) => this.#value(slot, column, row);
    const half = (column: number) => Number.isNaN(value(column)) ? null : value(column);
    return {
      ms: value(FORECAST.HORIZON_MS),
      half50: half(FORECAST.HALF_50),
      half80: half(FORECAST.HALF_80),
      scored: value(FORECAST.SCORED),
      held50: value(FORECAST.HELD_50),
      held80: value(FORECAST.HELD_80),
      same: value(FORECAST.P_SAME),
      sameOf: value(FORECAST.SAME_N),
      leanOf: value(FORECAST.LEAN_N),
      leanHits: value(FORECAST.LEAN_HITS),
      leanUps: value(FORECAST.LEAN_UPS),
    };
  }
}
