import { equal, ok } from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { bootstrapBounds } from "../calibration/mod.ts";
import { NaiveBands, type NaiveRecord } from "./_naive_bands.ts";
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
  readonly events: readonly NaiveRecord[];
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

function readGolden<W>(file: string): Golden<W> {
  const url = new URL(`../../../fixtures/surfaces/${file}`, import.meta.url);
  return JSON.parse(gunzipSync(Deno.readFileSync(url)).toString()) as Golden<W>;
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
  const { columns, streams } = readGolden<PhysicsWindow>("physics.json.gz");
  const noStrikes = { gexAbs: new Float64Array(0), strikeRefTick: 0, stepTicks: 20 };
  const bounds = bootstrapBounds();
  let rows = 0;
  for (const { name, events, windows } of streams) {
    const surfaces = new LevelSurfaces(2 * HALF_TICKS + 1);
    const bands = new PhysicsBands();
    const radar = new BucketRadar(HALF_TICKS);
    let at = 0;
    new NaiveBands(HALF_TICKS, TICK_INT).run(events, (band, endNs) => {
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

Deno.test("TickFields gives every golden cell", () => {
  const { columns, streams } = readGolden<FieldsWindow>("fields.json.gz");
  let cells = 0;
  for (const { name, events, windows } of streams) {
    const fields = new TickFields();
    let at = 0;
    new NaiveBands(HALF_TICKS, TICK_INT).run(events, (band, endNs) => {
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
