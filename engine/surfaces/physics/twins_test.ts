import { deepEqual, equal, ok } from "node:assert/strict";
import { Band } from "../band.ts";
import {
  batchBounds,
  bootstrapBounds,
  type Bounds,
  METRIC,
  METRICS,
  OnlineCalibration,
} from "../calibration/mod.ts";
import { type NaiveCell, NaiveFields } from "./_naive_fields.ts";
import { type NaiveBounds, NaiveLevels } from "./_naive_levels.ts";
import { naiveBands } from "./_naive_bands.ts";
import { NaiveRadar } from "./_naive_radar.ts";
import { fillRandomBand, randomSpotTick } from "./_random_bands.ts";
import { LevelRows } from "./level_rows.ts";
import {
  addLevelMetrics,
  BAND_COLUMNS,
  BucketRadar,
  type FieldColumns,
  LevelSurfaces,
  PhysicsBands,
  TickFields,
} from "./mod.ts";

const HALF_TICKS = 600;
const WINDOWS = 60;
const STEP_TICKS = 20;
const NEAR = { sigma: 6, radius: 16 };
const FAR = { sigma: 24, radius: 64 };

function close(actual: number, expected: number, tolerance: number, what: string): void {
  const bound = tolerance * Math.max(1, Math.abs(expected));
  ok(Math.abs(actual - expected) <= bound, `${what}: ${actual}, not ${expected}`);
}

/** Row `i` of columns equals what the formulas give, in every value they name. */
function checkRow(
  columns: object,
  i: number,
  row: NaiveCell,
  tolerance: number,
  what: string,
): void {
  const typed = columns as Readonly<Record<string, ArrayLike<number> | undefined>>;
  for (const [name, value] of Object.entries(row)) {
    if (name === "mass") continue; // the radar's alone
    close(typed[name]?.[i] ?? NaN, value, tolerance, `${what} ${name}`);
  }
}

/** Bounds that differ from window to window. */
function boundsOf(window: number): { readonly bounds: Bounds; readonly named: NaiveBounds } {
  const bounds = bootstrapBounds();
  for (let metric = 0; metric < METRICS.length; metric++) {
    bounds.q95[metric]! *= 1 + (window % 5) / 10;
  }
  const named = METRICS.map(({ name }, i) => [name, [bounds.q05[i]!, bounds.q95[i]!]] as const);
  return { bounds, named: Object.fromEntries(named) };
}

function gexAbsOf(window: number): Float64Array {
  return Float64Array.from({ length: 25 }, (_, i) => (i * 7 + window) % 11 * 90_000);
}

function strikeRefTickOf(spotTick: number): number {
  return Math.floor((spotTick + 10) / STEP_TICKS) * STEP_TICKS;
}

/** Checks levels, bands and radar of windows around a price against their formulas, and returns how many rows. */
function checkLevels(lowTick: number): number {
  const band = new Band(HALF_TICKS);
  const levels = new LevelSurfaces(band.slots);
  const bands = new PhysicsBands();
  const radar = new BucketRadar(HALF_TICKS);
  const naiveLevels = new NaiveLevels();
  const naiveRadar = new NaiveRadar();
  let rows = 0;
  for (let window = 0; window < WINDOWS; window++) {
    const spotTick = randomSpotTick(window, lowTick);
    fillRandomBand(band, window, spotTick);
    const { bounds, named } = boundsOf(window);
    const fast = levels.close(band, bounds);
    const slow = naiveLevels.close(band, named);
    equal(fast.count, slow.length);
    slow.forEach((row, i) => {
      equal(fast.isAsk[i] === 1, row.isAsk);
      equal(fast.tick[i], row.tick);
      equal(fast.relTicks[i], row.relTicks);
      checkRow(fast, i, row.values, 1e-12, `window ${window} row ${i}`);
    });
    naiveBands(slow, named).forEach((value, i) => {
      close(bands.close(fast, bounds)[i]!, value, 1e-12, `window ${window} ${BAND_COLUMNS[i]}`);
    });
    const gexAbs = gexAbsOf(window);
    const strikeRefTick = strikeRefTickOf(spotTick);
    const sparse = { gexAbs, strikeRefTick, stepTicks: STEP_TICKS };
    const buckets = radar.close(spotTick, fast, bounds, sparse);
    const strikes = [...gexAbs].map((gex, i) => ({
      tick: strikeRefTick + (i - 12) * STEP_TICKS,
      stiffness: Math.min(1, gex / (bounds.q95[METRIC.GEX_ABS]! + 1)),
    }));
    const slowBuckets = naiveRadar.close(spotTick, slow, HALF_TICKS, strikes);
    equal(buckets.count, slowBuckets.length);
    slowBuckets.forEach((row, i) => checkRow(buckets, i, row, 1e-12, `${window} bucket ${i}`));
    rows += slow.length;
  }
  return rows;
}

Deno.test("LevelSurfaces, PhysicsBands and BucketRadar equal the formulas while the spot moves", () => {
  const rows = checkLevels(27_800) + checkLevels(700); // the lower end lies near a price of 0
  ok(rows > 50_000, String(rows));
});

Deno.test("addLevelMetrics() gives a calibration each metric's own column", () => {
  const band = new Band(HALF_TICKS);
  const levels = new LevelSurfaces(band.slots);
  const calibration = new OnlineCalibration();
  const seen: Record<string, number[]> = {};
  for (let window = 0; window < 300; window++) {
    fillRandomBand(band, window, 27_800);
    const rows = levels.close(band, calibration.bounds);
    addLevelMetrics(calibration, rows);
    for (let row = 0; row < rows.count; row++) {
      (seen.pull_add_log ??= []).push(rows.pullAddLog[row]!);
      (seen.log1p_pull_intensity_rest ??= []).push(Math.log(1 + rows.pullIntensityRest[row]!));
      const erosion = rows.wallErosion[row]! / (rows.depthQtyStart[row]! + 1);
      (seen.log1p_erosion_norm ??= []).push(Math.log(1 + erosion));
      (seen.d2_pull_add_log ??= []).push(rows.d2PullAddLog[row]!);
      (seen.wall_strength_log ??= []).push(Math.log(rows.depthQtyRest[row]! + 1));
    }
  }
  calibration.freeze();
  METRICS.forEach(({ name }, metric) => {
    equal(calibration.bounds.isBootstrap[metric], seen[name] === undefined ? 1 : 0, name);
    if (seen[name] === undefined) return;
    const { q05, q95 } = batchBounds(seen[name]);
    close(calibration.bounds.q05[metric]!, q05, 0.02, `${name} q05`);
    close(calibration.bounds.q95[metric]!, q95, 0.02, `${name} q95`);
  });
});

Deno.test("BucketRadar.close() rounds halves of the blocked level to the even one", () => {
  const rows = new LevelRows(4);
  rows.count = 4;
  rows.tick.set([100, 102, 104, 106]);
  rows.wallStrengthLog.set([1, 3, 5, 7]); // of 10: 0.5, 1.5, 2.5 and 3.5 of five
  const noStrikes = { gexAbs: new Float64Array(0), strikeRefTick: 100, stepTicks: STEP_TICKS };
  const { blockedLevel } = new BucketRadar(20).close(100, rows, bootstrapBounds(), noStrikes);
  deepEqual([...blockedLevel.subarray(0, 4)], [0, 2, 2, 4]);
});

Deno.test("LevelSurfaces, PhysicsBands and BucketRadar keep every score in its range", () => {
  const band = new Band(HALF_TICKS);
  const levels = new LevelSurfaces(band.slots);
  const bands = new PhysicsBands();
  const radar = new BucketRadar(HALF_TICKS);
  const isShare = (value: number) => value >= 0 && value <= 1;
  for (let window = 0; window < WINDOWS; window++) {
    const spotTick = randomSpotTick(window, 27_800);
    fillRandomBand(band, window, spotTick);
    const { bounds } = boundsOf(window);
    const rows = levels.close(band, bounds);
    const strikeRefTick = strikeRefTickOf(spotTick);
    const strikes = { gexAbs: gexAbsOf(window), strikeRefTick, stepTicks: STEP_TICKS };
    const buckets = radar.close(spotTick, rows, bounds, strikes);
    ok(bands.close(rows, bounds).every(isShare));
    ok(rows.vacuumScore.every(isShare) && rows.physicsScore.every(isShare));
    ok(rows.physicsScoreSigned.every((score) => isShare(Math.abs(score))));
    const { cavitation, gexStiffness, mobility, gexField, blockedMemory } = buckets;
    for (const column of [cavitation, gexStiffness, mobility, gexField, blockedMemory]) {
      ok(column.every(isShare));
    }
    ok(buckets.blockedLevel.every((level) => level >= 0 && level <= 5));
  }
});

function checkFields(
  columns: FieldColumns,
  cells: readonly NaiveCell[],
  what: string,
): void {
  cells.forEach((cell, i) => {
    equal(Object.keys(cell).length, Object.keys(columns).length);
    checkRow(columns, i, cell, 1e-11, `${what} cell ${i}`);
  });
}

Deno.test("TickFields equals the formulas while the spot moves and goes missing", () => {
  const band = new Band(HALF_TICKS);
  const fields = new TickFields();
  const naiveBids = new NaiveFields(200, NEAR, FAR, 1);
  const naiveAsks = new NaiveFields(200, NEAR, FAR, -1);
  for (let window = 0; window < WINDOWS; window++) {
    fillRandomBand(band, window, randomSpotTick(window, 27_800));
    fields.close(band);
    const read = (side: Band["bids"]) => (tick: number) => {
      const slot = tick - band.spotTick + HALF_TICKS;
      const scale = side.start[slot]! + 1;
      const u = (side.add[slot]! - side.pull[slot]! - side.fill[slot]!) / scale;
      return { u, end: side.end[slot]!, rest: side.rest[slot]! };
    };
    const bids = naiveBids.close(band.spotTick, read(band.bids));
    const asks = naiveAsks.close(band.spotTick, read(band.asks));
    equal(fields.count, bids.length);
    checkFields(fields.bids, bids, `window ${window} bids`);
    checkFields(fields.asks, asks, `window ${window} asks`);
  }
});

Deno.test("restore() of levels, radar and fields goes on as if it had not been interrupted", () => {
  const band = new Band(HALF_TICKS);
  const create = () => ({
    levels: new LevelSurfaces(band.slots),
    radar: new BucketRadar(HALF_TICKS),
    fields: new TickFields(),
  });
  const whole = create();
  for (let cut = 1; cut < WINDOWS; cut += 7) {
    const restored = create();
    for (let window = 0; window < cut + 6; window++) {
      const spotTick = randomSpotTick(window, 27_800);
      fillRandomBand(band, window, spotTick);
      if (window === cut) {
        restored.levels.restore(structuredClone(whole.levels.save()));
        restored.radar.restore(structuredClone(whole.radar.save()));
        restored.fields.restore(structuredClone(whole.fields.save()));
      }
      for (const one of window < cut ? [whole] : [whole, restored]) {
        const { bounds } = boundsOf(window);
        const rows = one.levels.close(band, bounds);
        const strikeRefTick = strikeRefTickOf(spotTick);
        const strikes = { gexAbs: gexAbsOf(window), strikeRefTick, stepTicks: STEP_TICKS };
        one.radar.close(spotTick, rows, bounds, strikes);
        one.fields.close(band);
      }
    }
    const { count } = restored.levels.rows;
    equal(count, whole.levels.rows.count);
    for (const name of ["d3DepthQty", "d3PullAddLog", "vacuumScore"] as const) {
      deepEqual(
        restored.levels.rows[name].subarray(0, count),
        whole.levels.rows[name].subarray(0, count),
      );
    }
    deepEqual(restored.levels.save(), whole.levels.save());
    deepEqual(restored.radar.save(), whole.radar.save());
    deepEqual(restored.fields.save(), whole.fields.save());
    deepEqual(restored.fields.asks.d2uDt2, whole.fields.asks.d2uDt2);
  }
});
