import { ENG, type GridFrame } from "../frames/mod.ts";
import {
  DirectionalSignals,
  type SignalRows,
  signalRowsOf,
  vacuumAsymmetry,
} from "../signals/mod.ts";
import { writeBandAsymmetry } from "./band_edge.ts";
import type { BinSeries, ScoreCells, SignalColumns } from "./bin_series.ts";
import { AnalysisError } from "./error.ts";
import { FlowImbalance } from "./flow_imbalance.ts";

/** Bytes that the scores of a window may take. */
const MAX_CELL_BYTES = 2 ** 31;

/** What a projection of a level starts from. */
export interface ScoreSteps {
  /** Writes score and three difference quotients of a window row; zeros outside the grid. */
  writeSteps(row: number, out: Float64Array): void;
}

/** What is collected. */
export interface CollectorOptions {
  readonly radius: number;
  readonly cellWidthMs: number;
  readonly horizonsMs: readonly number[];
  /** 1e-9 currency units per tick. */
  readonly tickNano: number;
  readonly baseNs: bigint;
  /** Window of bin ends `[from, to)`, ns from the base. */
  readonly fromNs: number;
  readonly toNs: number;
  /** Bins before the window at most: those feed the signals and are kept as signals only. */
  readonly binsBefore: number;
  /** Whether scores are kept. */
  readonly withCells: boolean;
}

/** A window and the signals of the bins before it. */
export interface Collected {
  readonly series: BinSeries;
  /** Signals of the bins before the window, oldest first. */
  readonly before: SignalColumns;
  /** Bins before the window. */
  readonly binsBefore: number;
}

const column = (length: number) => new Float64Array(new SharedArrayBuffer(8 * length));

/** Copies bins out of reused frames into columns that workers can share. */
export class SeriesCollector {
  readonly #options: CollectorOptions;
  readonly #rows: number;
  readonly #capacity: number;
  readonly #signals: DirectionalSignals;
  readonly #flow: FlowImbalance;
  readonly #columns: SignalColumns;
  readonly #tsNs: Float64Array;
  readonly #mid: Float64Array;
  readonly #spread: Float64Array;
  readonly #state: Int8Array;
  readonly #asymmetry: Float64Array;
  readonly #cells: ScoreCells | null;
  readonly #steps = new Float64Array(4);
  #signalRows: SignalRows | null = null;
  #before = 0;
  #count = 0;

  /** @throws {AnalysisError} When the window is too long for its scores to be held. */
  constructor(options: CollectorOptions) {
    const { radius, cellWidthMs, fromNs, toNs, binsBefore, withCells } = options;
    this.#options = options;
    this.#rows = 2 * radius + 1;
    this.#capacity = Math.ceil((toNs - fromNs) / (cellWidthMs * 1_000_000)) + 1;
    const cells = this.#capacity * this.#rows;
    if (withCells && 32 * cells > MAX_CELL_BYTES) {
      throw new AnalysisError(
        "data",
        "eval-start to eval-end",
        `must hold at most ${Math.floor(MAX_CELL_BYTES / 32 / this.#rows)} bins in this mode: ` +
          `it holds ${this.#capacity}`,
      );
    }
    this.#signals = new DirectionalSignals(cellWidthMs);
    this.#flow = new FlowImbalance(options.tickNano);
    const all = this.#capacity + binsBefore;
    const signal = () => column(all);
    this.#columns = {
      ads: signal(),
      pfp: signal(),
      svac: signal(),
      svac_raw: signal(),
      svac_plain: signal(),
      blend: signal(),
      flow: signal(),
    };
    this.#tsNs = column(this.#capacity);
    this.#mid = column(this.#capacity);
    this.#spread = column(this.#capacity);
    this.#state = new Int8Array(new SharedArrayBuffer(cells));
    this.#asymmetry = column(this.#capacity * radius);
    const wide = () => column(cells);
    this.#cells = withCells ? { score: wide(), s1: wide(), s2: wide(), s3: wide() } : null;
  }

  /** Bins of the window so far. */
  get count(): number {
    return this.#count;
  }

  /**
   * Takes one bin. Bins come in order; those at or after the window's end are passed over.
   *
   * @param frame Always the same object, rewritten by its pipeline.
   */
  take(frame: GridFrame, steps: ScoreSteps): void {
    const { fromNs, toNs, binsBefore, tickNano } = this.#options;
    const ts = frame.binEndNs;
    if (ts >= toNs) return;
    this.#signalRows ??= signalRowsOf(frame);
    const at = this.#before + this.#count;
    if (ts < fromNs && this.#before >= binsBefore || this.#count >= this.#capacity) {
      throw new AnalysisError("data", "bins", `must be at most ${this.#capacity + binsBefore}`);
    }
    const { ads, pfp, svac, composite } = this.#signals.update(this.#signalRows);
    this.#columns.ads[at] = ads;
    this.#columns.pfp[at] = pfp;
    this.#columns.svac[at] = svac;
    this.#columns.svac_raw[at] = vacuumAsymmetry(this.#signalRows, true);
    this.#columns.svac_plain[at] = vacuumAsymmetry(this.#signalRows, false);
    this.#columns.blend[at] = composite;
    this.#columns.flow[at] = this.#flow.update(frame);
    if (ts < fromNs) {
      this.#before++;
      return;
    }
    const i = this.#count++;
    this.#tsNs[i] = ts;
    this.#mid[i] = frame.midPrice;
    const spread = (frame.bestAskPriceInt - frame.bestBidPriceInt) / tickNano;
    this.#spread[i] = frame.spotRefPriceInt > 0 ? spread : NaN;
    this.#state.set(frame.state, i * this.#rows);
    const pressure = frame.engine[ENG.PRESSURE]!;
    const vacuum = frame.engine[ENG.VACUUM]!;
    const radius = this.#options.radius;
    writeBandAsymmetry(pressure, vacuum, 0, this.#rows, this.#asymmetry, i * radius);
    if (this.#cells !== null) this.#takeCells(this.#cells, i, steps);
  }

  /** What was collected; views of the collector's own memory. */
  finish(): Collected {
    const { radius, cellWidthMs, horizonsMs, tickNano, baseNs } = this.#options;
    const n = this.#count;
    const rows = this.#rows;
    const part = (from: number, to: number): SignalColumns => ({
      ads: this.#columns.ads.subarray(from, to),
      pfp: this.#columns.pfp.subarray(from, to),
      svac: this.#columns.svac.subarray(from, to),
      svac_raw: this.#columns.svac_raw.subarray(from, to),
      svac_plain: this.#columns.svac_plain.subarray(from, to),
      blend: this.#columns.blend.subarray(from, to),
      flow: this.#columns.flow.subarray(from, to),
    });
    const cells = this.#cells;
    const series: BinSeries = {
      bins: n,
      rows,
      cellWidthMs,
      horizonsMs,
      tickSize: tickNano / 1e9,
      baseNs,
      tsNs: this.#tsNs.subarray(0, n),
      mid: this.#mid.subarray(0, n),
      spread: this.#spread.subarray(0, n),
      state: this.#state.subarray(0, n * rows),
      asymmetry: this.#asymmetry.subarray(0, n * radius),
      signals: part(this.#before, this.#before + n),
      cells: cells === null ? null : {
        score: cells.score.subarray(0, n * rows),
        s1: cells.s1.subarray(0, n * rows),
        s2: cells.s2.subarray(0, n * rows),
        s3: cells.s3.subarray(0, n * rows),
      },
    };
    return { series, before: part(0, this.#before), binsBefore: this.#before };
  }

  #takeCells(cells: ScoreCells, bin: number, steps: ScoreSteps): void {
    const four = this.#steps;
    const from = bin * this.#rows;
    for (let row = 0; row < this.#rows; row++) {
      steps.writeSteps(row, four);
      cells.score[from + row] = four[0]!;
      cells.s1[from + row] = four[1]!;
      cells.s2[from + row] = four[2]!;
      cells.s3[from + row] = four[3]!;
    }
  }
}
