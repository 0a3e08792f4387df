import { FORECAST, FORECAST_COLUMNS, forecastLayout, type Frame } from "../frames/contract.ts";
import type { GridFrame } from "../frames/contract.ts";
import { mix } from "../regime/mod.ts";
import type { Stage } from "../stage/mod.ts";
import { Cone, type ConeState } from "./cone.ts";
import { DirectionalSignals, type DirectionalSignalsState } from "./directional_signals.ts";
import { MoveRecord, type MoveRecordState } from "./move_record.ts";
import { type SignalRows, signalRowsOf } from "./signal_rows.ts";

/** Horizons of the cone, ms. Below a second the mid mostly stays: no interval there is honest. */
export const CONE_HORIZONS_MS: readonly number[] = [5_000, 10_000];
/** Time from one sample of the cone to the next, ms. */
const SAMPLE_MS = 1_000;
/** Time without an order after which the market counts as closed, ms. */
const CLOSED_AFTER_MS = 60_000;
/** Size from which the lean points somewhere. */
export const LEAN_POINTS_FROM = 0.1;

/** What of an instrument a forecast needs. */
export interface ForecastInstrument {
  /** 1e-9 currency units per tick. */
  readonly tick_int: number;
  readonly cell_width_ms: number;
  readonly projection_horizons_ms: readonly number[];
}

/** Copy of a forecast's memory, fit for structured clone. */
export interface ForecastState {
  readonly signals: DirectionalSignalsState;
  readonly cone: ConeState;
  readonly records: readonly MoveRecordState[];
  readonly untilNs: number;
  readonly sinceSample: number;
  readonly stillBins: number;
}

/**
 * What each bin of the pressure pipeline lets expect: the calibrated cone at 5 and 10 s; at every
 * horizon how likely the mid is to stay, and how often the lean was right. It takes closed bins, knows
 * nothing that comes after them, and allocates nothing per bin. Bins whose book is not valid, one-sided or
 * crossed, bins that are missing, and those after a minute without an order, as when the market is
 * closed, are a hole: nothing spans it.
 *
 * A bin width that does not divide a second has no cone, as the cone counts seconds.
 *
 * @see docs/methods/cone.md
 */
export class ForecastStage implements Stage<GridFrame, ForecastState> {
  /** Forecast at the end of the newest bin, by {@link forecastLayout}; rewritten by every bin. */
  readonly frame: Frame;
  readonly #tickNano: number;
  readonly #signals: DirectionalSignals;
  readonly #cone: Cone;
  readonly #records: readonly MoveRecord[];
  /** Bins between two samples of the cone. */
  readonly #sampleBins: number;
  /** Bins without an order after which the market counts as closed. */
  readonly #closedAfterBins: number;
  /** Row of the cone's first horizon. */
  readonly #coneRow: number;
  readonly #header = [new Float64Array(1), new Float64Array(1), new Uint8Array(1)] as const;
  readonly #columns: readonly Float64Array[];
  readonly #valid: Uint8Array;
  #seen: { readonly frame: GridFrame; readonly rows: SignalRows } | null = null;
  /** End of the newest bin, ns offset; NaN before the first. */
  #untilNs = NaN;
  /** Bins since the last sample; −1 where none was since the last hole. */
  #sinceSample = -1;
  /** Bins since the last order. */
  #stillBins = 0;

  /** @throws {RangeError} When the bin width is not finite and > 0. */
  constructor({ tick_int, cell_width_ms: cellMs, projection_horizons_ms }: ForecastInstrument) {
    const projected = projection_horizons_ms.filter((ms) => !CONE_HORIZONS_MS.includes(ms));
    const long = SAMPLE_MS % cellMs === 0 ? CONE_HORIZONS_MS : [];
    const horizons = [...projected.toSorted((a, b) => a - b), ...long];
    this.#tickNano = tick_int;
    this.#signals = new DirectionalSignals(cellMs);
    this.#cone = new Cone(long.map((ms) => ms / SAMPLE_MS));
    this.#records = horizons.map((ms) => new MoveRecord(Math.max(1, Math.round(ms / cellMs))));
    this.#sampleBins = SAMPLE_MS / cellMs;
    this.#closedAfterBins = CLOSED_AFTER_MS / cellMs;
    this.#coneRow = projected.length;
    this.#columns = FORECAST_COLUMNS.map(() => new Float64Array(horizons.length));
    this.#valid = new Uint8Array(horizons.length);
    this.frame = {
      layout: forecastLayout(horizons.length).name,
      header: this.#header,
      columns: [Int32Array.from(horizons), ...this.#columns.slice(1)],
      valid: FORECAST_COLUMNS.map(({ name }) => name.startsWith("half_") ? this.#valid : null),
    };
    this.#write();
  }

  /** Takes the next closed bin; its arrays are not kept. */
  take(frame: GridFrame): void {
    if (frame.binStartNs !== this.#untilNs) {
      this.#break();
      this.#signals.reset();
    }
    this.#untilNs = frame.binEndNs;
    // A pipeline fills the same frame again for every bin, so its view is made once.
    if (this.#seen?.frame !== frame) this.#seen = { frame, rows: signalRowsOf(frame) };
    this.#signals.update(this.#seen.rows);
    this.#stillBins = frame.binEventCount === 0 ? this.#stillBins + 1 : 0;
    const mid = midTicks(frame, this.#tickNano);
    if (Number.isNaN(mid) || this.#stillBins > this.#closedAfterBins) this.#break();
    else this.#add(mid);
    this.#write();
  }

  /** Nothing: bins close as the pipeline before it closes them. */
  closeUntil(): void {}

  finish(): void {}

  save(): ForecastState {
    return {
      signals: this.#signals.save(),
      cone: this.#cone.save(),
      records: this.#records.map((record) => record.save()),
      untilNs: this.#untilNs,
      sinceSample: this.#sinceSample,
      stillBins: this.#stillBins,
    };
  }

  restore(state: ForecastState): void {
    this.#signals.restore(state.signals);
    this.#cone.restore(state.cone);
    this.#records.forEach((record, i) => record.restore(state.records[i]!));
    this.#untilNs = state.untilNs;
    this.#sinceSample = state.sinceSample;
    this.#stillBins = state.stillBins;
    this.#write();
  }

  hash(): string {
    const numbers = numbersIn(this.save());
    const words = new Int32Array(Float64Array.from(numbers).buffer);
    return mix(...words).toString(16).padStart(8, "0");
  }

  #add(mid: number): void {
    const lean = this.#lean;
    const call = Math.abs(lean) < LEAN_POINTS_FROM ? 0 : Math.sign(lean);
    for (let i = 0; i < this.#records.length; i++) this.#records[i]!.add(mid, call);
    this.#sinceSample++;
    if (this.#sinceSample !== 0 && this.#sinceSample !== this.#sampleBins) return;
    this.#sinceSample = 0;
    this.#cone.add(mid);
  }

  #break(): void {
    for (let i = 0; i < this.#records.length; i++) this.#records[i]!.drop();
    this.#cone.break();
    this.#sinceSample = -1;
  }

  /** The blend held to −1..+1; 0 until every signal is warm. */
  get #lean(): number {
    const { composite, warmup } = this.#signals.values;
    return warmup < 1 ? 0 : Math.max(-1, Math.min(1, composite));
  }

  #write(): void {
    const [sigma, lean, isWarm] = this.#header;
    sigma[0] = this.#cone.sigma || 0;
    lean[0] = this.#lean;
    isWarm[0] = this.#signals.values.warmup < 1 ? 0 : 1;
    const columns = this.#columns;
    for (let row = 0; row < this.#records.length; row++) {
      const record = this.#records[row]!;
      columns[FORECAST.P_SAME]![row] = record.same;
      columns[FORECAST.SAME_N]![row] = record.outcomes;
      columns[FORECAST.LEAN_N]![row] = record.called;
      columns[FORECAST.LEAN_HITS]![row] = record.hits;
      columns[FORECAST.LEAN_UPS]![row] = record.ups;
    }
    const { horizons } = this.#cone;
    for (let i = 0; i < horizons.length; i++) {
      const horizon = horizons[i]!;
      const row = this.#coneRow + i;
      columns[FORECAST.HALF_50]![row] = horizon.half50;
      columns[FORECAST.HALF_80]![row] = horizon.half80;
      this.#valid[row] = Number.isNaN(horizon.half80) ? 0 : 1;
      columns[FORECAST.SCORED]![row] = horizon.scored;
      columns[FORECAST.HELD_50]![row] = horizon.held50;
      columns[FORECAST.HELD_80]![row] = horizon.held80;
    }
  }
}

/** Mid of a bin in ticks, a multiple of a half; NaN where the book says none. */
function midTicks(frame: GridFrame, tickNano: number): number {
  const { bookValid, spotRefPriceInt, bestBidPriceInt, bestAskPriceInt } = frame;
  const isSound = bookValid && spotRefPriceInt > 0 && bestAskPriceInt > bestBidPriceInt;
  return isSound ? (bestBidPriceInt + bestAskPriceInt) / (2 * tickNano) : NaN;
}

/** All numbers of a state, in the order of its fields. */
function numbersIn(state: unknown): number[] {
  if (typeof state === "number") return [state];
  if (state instanceof Float64Array) return [...state];
  return typeof state === "object" && state !== null ? Object.values(state).flatMap(numbersIn) : [];
}
