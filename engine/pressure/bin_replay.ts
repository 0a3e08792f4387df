import { type ColumnArray, LayoutError, readBinHeader } from "../frames/mod.ts";
import { spectrumOf, type SpectrumSettings } from "./_spectrum_of.ts";
import { TimeMirror } from "./_time_mirror.ts";
import type { Instrument } from "./instrument.ts";
import type { PressureSettings } from "./pressure_settings.ts";
import type { ProjectionModel } from "./projection.ts";
import { newWindowFrame, type WindowFrame, writeRows } from "./serve_window.ts";
import type { Spectrum } from "./spectrum.ts";

/** What bins are restored by: the settings of the run that made them. */
export interface BinReplayOptions {
  readonly instrument:
    & Pick<Instrument, "tick_int">
    & Pick<PressureSettings, "grid_radius_ticks" | "pressure_model">
    & SpectrumSettings;
  readonly projection: ProjectionModel;
  /** Epoch ns that offsets count from; every bin lies after it. */
  readonly baseNs: bigint;
}

/**
 * Restores the bins of a run from their headers and from the ticks that {@link TouchedTicks} told, every
 * value to the last bit: time passes on the ticks by the arithmetic of the engine, and the scores are
 * computed anew from the first bin on. Bin by bin: `begin`, `put` for each of its ticks, `end`.
 */
export class BinReplay {
  readonly #mirror: TimeMirror;
  readonly #spectrum: Spectrum;
  readonly #frame: WindowFrame;
  readonly #tickNano: number;
  readonly #ticks: number;
  /** Absolute tick of slot 0: the first tick that is told lies in the middle. */
  #firstTick = NaN;

  /** @throws {RangeError} When a setting is out of range. */
  constructor({ instrument, projection, baseNs }: BinReplayOptions) {
    // The grid is known by its ticks alone, which may lie on either side of the first one.
    this.#ticks = 2 * instrument.n_absolute_ticks;
    this.#mirror = new TimeMirror(this.#ticks, instrument.pressure_model);
    this.#spectrum = spectrumOf({ ...instrument, n_absolute_ticks: this.#ticks }, projection);
    this.#frame = newWindowFrame(
      baseNs,
      instrument.grid_radius_ticks,
      instrument.projection_horizons_ms.length,
    );
    this.#tickNano = instrument.tick_int;
  }

  /**
   * Begins the next bin. The frame is whole after {@link BinReplay.end}; its arrays are written anew for
   * the bin after it, and `spotHalfTick` is not told.
   *
   * @param header The columns of the headers, a row per bin.
   * @param bin The row of this one.
   */
  begin(header: readonly ColumnArray[], bin: number): WindowFrame {
    readBinHeader(this.#frame, header, bin);
    this.#mirror.advance(this.#frame.binEndNs);
    return this.#frame;
  }

  /**
   * Puts a tick as it is at the end of the bin.
   *
   * @param values Its 16 values, `values[from]` to `values[from + 15]`.
   * @throws {LayoutError} When it lies further from the others than the grid is wide.
   */
  put(tick: number, values: Float64Array, from: number, lastEventId: number): void {
    if (Number.isNaN(this.#firstTick)) this.#firstTick = tick - this.#ticks / 2;
    const index = tick - this.#firstTick;
    if (!(index >= 0 && index < this.#ticks)) {
      throw new LayoutError("column", "tick", "inside the grid", { found: tick });
    }
    this.#mirror.put(index, this.#frame.binEndNs, values, from, lastEventId);
  }

  /** Ends the bin. */
  end(): void {
    const { state } = this.#mirror;
    const frame = this.#frame;
    const { pressure, vacuum, active, activeCount } = state;
    this.#spectrum.update(frame.binEndNs, pressure, vacuum, active, activeCount);
    const spot = frame.spotRefPriceInt;
    const centre = spot > 0 ? Math.round(spot / this.#tickNano) - this.#firstTick : NaN;
    writeRows(state, this.#spectrum, centre, frame);
  }
}
