import { equal, ok } from "node:assert/strict";
import { Band } from "../band.ts";
import { bootstrapBounds } from "../calibration/mod.ts";
import { feed, NO_OPTIONS, readVectors, type VectorEvent } from "../testing/vectors.ts";
import { SurfaceWindows } from "../windows/mod.ts";
import {
  BAND_COLUMNS,
  BucketRadar,
  type FieldColumns,
  LevelSurfaces,
  PhysicsBands,
  TickFields,
} from "./mod.ts";

type Row = readonly (number | string)[];

interface GoldenStream<W> {
  readonly name: string;
  readonly base_ns: string;
  readonly events: readonly VectorEvent[];
  readonly windows: readonly W[];
}

interface Golden<W> {
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly streams: readonly GoldenStream<W>[];
}

interface PhysicsWindow {
  readonly end_offset_ns: number;
  readonly spot_ref_price_int: number;
  readonly vacuum: readonly Row[];
  readonly radar: readonly Row[];
  readonly bands: readonly number[] | null;
}

interface FieldsWindow {
  readonly end_offset_ns: number;
  readonly B?: readonly (readonly number[])[];
  readonly A?: readonly (readonly number[])[];
}

const TICK_INT = 250_000_000;
const HALF_TICKS = 600;

/** Gives a stream's records to the books; `onWindow` gets the band of every window and its end, ns. */
function run(
  stream: GoldenStream<unknown>,
  onWindow: (band: Band, endNs: number) => void,
): void {
  const windows = new SurfaceWindows({
    baseNs: BigInt(stream.base_ns),
    future: { instrumentId: 0, tickNano: TICK_INT },
    options: NO_OPTIONS,
    onWindow: ({ band, endNs }) => onWindow(band, endNs),
  });
  feed(windows, stream.events);
  windows.finish();
}

function camel(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A column by the name that it has in the datasets. */
function column(columns: object, name: string): ArrayLike<number> {
  const found = (columns as Readonly<Record<string, ArrayLike<number>>>)[camel(name)];
  ok(found !== undefined, name);
  return found;
}

function close(actual: number, expected: number, tolerance: number, what: string): void {
  const bound = tolerance * Math.max(1, Math.abs(expected));
  ok(Math.abs(actual - expected) <= bound, `${what}: ${actual}, not ${expected}`);
}

Deno.test("LevelSurfaces, PhysicsBands and BucketRadar give every golden row", () => {
  const { columns, streams } = readVectors<Golden<PhysicsWindow>>("physics.json.gz");
  const noStrikes = { gexAbs: new Float64Array(0), strikeRefTick: 0, stepTicks: 20 };
  const bounds = bootstrapBounds();
  let rows = 0;
  for (const stream of streams) {
    const { name, windows } = stream;
    const surfaces = new LevelSurfaces(2 * HALF_TICKS + 1);
    const bands = new PhysicsBands();
    const radar = new BucketRadar(HALF_TICKS);
    let at = 0;
    run(stream, (band, endNs) => {
      const golden = windows[at++]!;
      const where = `${name} ${endNs}`;
      equal(endNs, golden.end_offset_ns);
      equal(band.spotTick * TICK_INT, golden.spot_ref_price_int, where);
      const levels = surfaces.close(band, bounds);
      equal(levels.count, golden.vacuum.length, where);
      golden.vacuum.forEach((row, i) => {
        equal(levels.isAsk[i], row[0] === "A" ? 1 : 0);
        equal(levels.tick[i]! * TICK_INT, row[1]);
        columns.vacuum!.slice(2).forEach((wanted, j) => {
          close(column(levels, wanted)[i]!, Number(row[j + 2]), 1e-12, `${where} ${row} ${wanted}`);
        });
        rows++;
      });
      const buckets = radar.close(band.spotTick, levels, bounds, noStrikes);
      equal(buckets.count, golden.radar.length, where);
      golden.radar.forEach((row, i) => {
        columns.radar!.forEach((wanted, j) => {
          close(column(buckets, wanted)[i]!, Number(row[j]), 1e-12, `${where} ${row} ${wanted}`);
        });
      });
      if (golden.bands === null) equal(band.spotTick, 0);
      else {
        const row = bands.close(levels, bounds);
        BAND_COLUMNS.forEach((wanted, j) => {
          equal(wanted, columns.bands![j]);
          close(row[j]!, golden.bands![j]!, 1e-12, `${where} ${wanted}`);
        });
      }
    });
    equal(at, windows.length, name);
  }
  ok(rows > 500, String(rows));
});

interface SessionWindow {
  readonly end_offset_ns: number;
  readonly strike_ref_price_int: number;
  readonly gex: readonly (readonly number[])[];
  readonly radar: readonly Row[];
}

Deno.test("BucketRadar gives every golden row of sessions with options", () => {
  const { columns, sessions } = readVectors<{
    readonly columns: Golden<unknown>["columns"];
    readonly sessions: readonly GoldenStream<SessionWindow>[];
  }>("options-sessions.json.gz");
  const gexColumn = columns.gex!.indexOf("gex_abs");
  const bounds = bootstrapBounds();
  let rows = 0;
  for (const stream of sessions) {
    const { name, windows } = stream;
    const surfaces = new LevelSurfaces(2 * HALF_TICKS + 1);
    const radar = new BucketRadar(HALF_TICKS);
    let at = 0;
    run(stream, (band, endNs) => {
      const golden = windows[at++]!;
      equal(endNs, golden.end_offset_ns);
      const buckets = radar.close(band.spotTick, surfaces.close(band, bounds), bounds, {
        gexAbs: Float64Array.from(golden.gex, (row) => row[gexColumn]!),
        strikeRefTick: golden.strike_ref_price_int / TICK_INT,
        stepTicks: 20,
      });
      equal(buckets.count, golden.radar.length, `${name} ${endNs}`);
      golden.radar.forEach((row, i) => {
        columns.radar!.forEach((wanted, j) => {
          const what = `${name} ${endNs} ${row} ${wanted}`;
          close(column(buckets, wanted)[i]!, Number(row[j]), 1e-12, what);
        });
        rows++;
      });
    });
    equal(at, windows.length, name);
  }
  ok(rows > 1_500, String(rows));
});

Deno.test("LevelSurfaces and BucketRadar give the worked example of a wall that is pulled", () => {
  const band = new Band(HALF_TICKS);
  const slot = HALF_TICKS + 1;
  const surfaces = new LevelSurfaces(band.slots);
  const bounds = bootstrapBounds();
  const window = (pullRest: number, add: number, end: number) => {
    band.moveTo(27_800);
    band.asks.hasRow[slot] = 1;
    band.asks.start[slot] = 120;
    band.asks.end[slot] = end;
    band.asks.add[slot] = add;
    band.asks.pullRest[slot] = pullRest;
    band.asks.rest[slot] = 80;
    return surfaces.close(band, bounds);
  };
  // So that pull_add_log was −0.2 one window before and had changed by 0.1
  window(Math.exp(-0.3) - 1, 0, 120);
  window(Math.exp(-0.2) - 1, 0, 120);
  const rows = window(20, 10, 96);
  const values = {
    pullAddLog: 0.6466271649,
    log1pPullIntensityRest: 0.1529693448,
    wallErosion: 24,
    log1pErosionNorm: 0.1809431968,
    d1PullAddLog: 0.8466271649,
    d2PullAddLog: 0.7466271649,
    vacuumScore: 0.5506988642,
    wallStrengthLog: 4.3944491547,
    physicsScore: 0.4860929326,
  };
  for (const [name, value] of Object.entries(values)) {
    close(column(rows, name)[0]!, value, 1e-10, name);
  }
  const radar = new BucketRadar(HALF_TICKS).close(27_800, rows, bounds, {
    gexAbs: Float64Array.of(14_046.6),
    strikeRefTick: 27_800,
    stepTicks: 20,
  });
  equal(radar.count, 1);
  equal(radar.blockedLevel[0], 1);
  close(radar.gexStiffness[0]!, 0.014046586, 1e-10, "stiffness");
  close(radar.cavitation[0]!, 0.4086686011, 1e-10, "cavitation");
  close(radar.mobility[0]!, 0.7962457533, 1e-10, "mobility");
});

Deno.test("TickFields gives every golden cell", () => {
  const { columns, streams } = readVectors<Golden<FieldsWindow>>("fields.json.gz");
  let cells = 0;
  for (const stream of streams) {
    const { name, windows } = stream;
    const fields = new TickFields();
    let at = 0;
    run(stream, (band, endNs) => {
      const golden = windows[at++]!;
      equal(endNs, golden.end_offset_ns);
      fields.close(band);
      const sides: readonly (readonly [FieldColumns, FieldsWindow["A"]])[] = [
        [fields.bids, golden.B],
        [fields.asks, golden.A],
      ];
      for (const [side, rows] of sides) {
        equal(fields.count > 0, (rows?.length ?? 0) > 0);
        for (const row of rows ?? []) {
          columns.cells!.slice(1).forEach((wanted, j) => {
            const value = column(side, wanted)[row[0]! + 200]!;
            close(value, row[j + 1]!, 1e-11, `${name} ${endNs} ${row[0]} ${wanted}`);
            cells++;
          });
        }
      }
    });
    equal(at, windows.length, name);
  }
  ok(cells > 10_000, String(cells));
});
