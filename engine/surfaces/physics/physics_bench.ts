import { percentile } from "../../stats/mod.ts";
import { Band, type BandSide } from "../band.ts";
import { bootstrapBounds, METRICS, OnlineCalibration } from "../calibration/mod.ts";
import { type NaiveCell, NaiveFields } from "./_naive_fields.ts";
import { NaiveLevels } from "./_naive_levels.ts";
import { fillRandomBand } from "./_random_bands.ts";
import { addLevelMetrics } from "./add_level_metrics.ts";
import { BucketRadar } from "./bucket_radar.ts";
import { LevelSurfaces } from "./level_surfaces.ts";
import { PhysicsBands } from "./physics_bands.ts";
import { TickFields } from "./tick_fields.ts";

/** ms per window. */
export interface WindowMs {
  readonly p50: number;
  readonly p99: number;
}

/** Time per window of what is computed on a band, and of its formulas on the same bands, in turns. */
export interface PhysicsBench {
  readonly windows: { readonly fast: number; readonly naive: number };
  /** Rows of the last band. */
  readonly rows: number;
  /** Multi-scale fields of 401 ticks, both sides. */
  readonly fields: { readonly fast: WindowMs; readonly naive: WindowMs };
  /** Wall, vacuum and physics of every row. */
  readonly levels: { readonly fast: WindowMs; readonly naive: WindowMs };
  /** Bands, radar and the online calibration of what rows hold. */
  readonly rest: WindowMs;
  /** Largest difference of a near mean or a physics score to its formula. */
  readonly maxDifference: number;
}

const HALF_TICKS = 600;
const FIELD_HALF_TICKS = 200;
const NEAR = { sigma: 6, radius: 16 };
const FAR = { sigma: 24, radius: 64 };
const STRIKES = {
  gexAbs: new Float64Array(25).fill(250_000),
  strikeRefTick: 27_800,
  stepTicks: 20,
};
const BOUNDS = bootstrapBounds();

/**
 * Times windows of a full band whose spot walks. The code is warm when the clock starts.
 *
 * @param now A clock in ms.
 */
export function benchPhysics(
  now: () => number,
  { windows = 2_000, naiveWindows = 30, warm = 300 }: {
    readonly windows?: number;
    readonly naiveWindows?: number;
    readonly warm?: number;
  } = {},
): PhysicsBench {
  const band = new Band(HALF_TICKS);
  const idle = new FastSurfaces(band, warm);
  for (let i = 0; i < warm; i++) idle.close(fillAt(band, i), i, () => 0);
  const fast = new FastSurfaces(band, windows);
  const naive = new NaiveSurfaces(naiveWindows);
  let maxDifference = 0;
  for (let i = 0; i < windows; i++) {
    fast.close(fillAt(band, i), i, now);
    if (i >= naiveWindows) continue;
    naive.close(band, i, now);
    maxDifference = Math.max(maxDifference, naive.differenceTo(fast));
  }
  return {
    windows: { fast: windows, naive: naiveWindows },
    rows: fast.levels.rows.count,
    fields: { fast: msOf(fast.fieldsMs), naive: msOf(naive.fieldsMs) },
    levels: { fast: msOf(fast.levelsMs), naive: msOf(naive.levelsMs) },
    rest: msOf(fast.restMs),
    maxDifference,
  };
}

/** Everything a window's close computes on its band. */
export class FastSurfaces {
  readonly fields = new TickFields();
  readonly levels: LevelSurfaces;
  readonly fieldsMs: Float64Array;
  readonly levelsMs: Float64Array;
  readonly restMs: Float64Array;
  readonly #bands = new PhysicsBands();
  readonly #radar = new BucketRadar(HALF_TICKS);
  readonly #calibration = new OnlineCalibration();

  constructor(band: Band, windows: number) {
    this.levels = new LevelSurfaces(band.slots);
    this.fieldsMs = new Float64Array(windows);
    this.levelsMs = new Float64Array(windows);
    this.restMs = new Float64Array(windows);
  }

  /** Takes window `i` and notes what it cost. */
  close(band: Band, i: number, now: () => number): void {
    const begin = now();
    this.fields.close(band);
    const afterFields = now();
    const rows = this.levels.close(band, BOUNDS);
    const afterLevels = now();
    this.#bands.close(rows, BOUNDS);
    this.#radar.close(band.spotTick, rows, BOUNDS, STRIKES);
    addLevelMetrics(this.#calibration, rows);
    this.#calibration.freeze();
    this.fieldsMs[i] = afterFields - begin;
    this.levelsMs[i] = afterLevels - afterFields;
    this.restMs[i] = now() - afterLevels;
  }
}

/** The same by its formulas. */
export class NaiveSurfaces {
  readonly fieldsMs: Float64Array;
  readonly levelsMs: Float64Array;
  readonly #bids = new NaiveFields(FIELD_HALF_TICKS, NEAR, FAR, 1);
  readonly #asks = new NaiveFields(FIELD_HALF_TICKS, NEAR, FAR, -1);
  readonly #levels = new NaiveLevels();
  readonly #bounds = Object.fromEntries(METRICS.map(({ name, bootstrap }) => [name, bootstrap]));
  #near: readonly (readonly NaiveCell[])[] = [];
  #scores: readonly number[] = [];

  constructor(windows: number) {
    this.fieldsMs = new Float64Array(windows);
    this.levelsMs = new Float64Array(windows);
  }

  /** Takes window `i` and notes what it cost. */
  close(band: Band, i: number, now: () => number): void {
    const begin = now();
    this.#near = [
      this.#bids.close(band.spotTick, cellOf(band, band.bids)),
      this.#asks.close(band.spotTick, cellOf(band, band.asks)),
    ];
    const afterFields = now();
    const rows = this.#levels.close(band, this.#bounds);
    this.levelsMs[i] = now() - afterFields;
    this.fieldsMs[i] = afterFields - begin;
    this.#scores = rows.map(({ values }) => values.physicsScore ?? NaN);
  }

  differenceTo({ fields, levels }: FastSurfaces): number {
    let largest = 0;
    [fields.bids, fields.asks].forEach((side, i) =>
      this.#near[i]!.forEach((cell, j) => {
        largest = Math.max(largest, Math.abs(side.uNear[j]! - cell.uNear!));
      })
    );
    this.#scores.forEach((score, row) => {
      largest = Math.max(largest, Math.abs(levels.rows.physicsScore[row]! - score));
    });
    return largest;
  }
}

/** The band of window `i`, whose spot walks a tick every 40 windows. */
export function fillAt(band: Band, i: number): Band {
  fillRandomBand(band, i, 27_800 + Math.floor(i / 40) % 9);
  return band;
}

function cellOf(band: Band, side: BandSide) {
  return (tick: number) => {
    const slot = tick - band.spotTick + band.halfTicks;
    const flow = side.add[slot]! - side.pull[slot]! - side.fill[slot]!;
    return { u: flow / (side.start[slot]! + 1), end: side.end[slot]!, rest: side.rest[slot]! };
  };
}

function msOf(times: Float64Array): WindowMs {
  return { p50: percentile(times, 50), p99: percentile(times, 99) };
}
