import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { GridEncoder } from "./grid_encoder.ts";
import { ENGINE_COLUMNS, gridLayout } from "./pressure_grid.ts";
import type { GridFrame } from "./grid_frame.ts";

const HORIZONS = [100, 400];

function frameOf(rows: number, value: (column: number, row: number) => number): GridFrame {
  const column = (c: number) => Float64Array.from({ length: rows }, (_, row) => value(c, row));
  return {
    binStartNs: 1,
    binEndNs: 2,
    baseNs: 0n,
    binSeq: 0,
    binEventCount: 0,
    eventId: 0,
    midPrice: 0,
    spotRefPriceInt: 0,
    bestBidPriceInt: 0,
    bestAskPriceInt: 0,
    bookValid: true,
    spotHalfTick: false,
    k: Int32Array.from({ length: rows }, (_, row) => row - (rows - 1) / 2),
    engine: ENGINE_COLUMNS.map((_, c) => column(c)),
    score: column(18),
    state: Int8Array.from({ length: rows }, (_, row) => row % 3 - 1),
    lastEventId: Float64Array.from({ length: rows }, (_, row) => row * 2 ** 40 + row),
    projections: HORIZONS.map((_, i) => column(19 + i)),
  };
}

Deno.test("GridEncoder.encode() gives the schema of the registry in wire order", () => {
  const table = tableFromIPC(new GridEncoder(5, HORIZONS).encode(frameOf(5, (c, r) => c + r)));
  deepStrictEqual(
    table.schema.fields.map((field) => field.name),
    gridLayout(5, HORIZONS).columns.map((column) => column.name),
  );
  deepStrictEqual(
    table.schema.fields.slice(0, 3).map((field) => `${field.name} ${field.type} ${field.nullable}`),
    ["k Int32 true", "pressure_variant Float64 true", "vacuum_variant Float64 true"],
  );
  strictEqual(table.numRows, 5);
});

Deno.test("GridEncoder.encode() round-trips every value of every column", () => {
  const encoder = new GridEncoder(3, HORIZONS);
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true }), { minLength: 63, maxLength: 63 }),
      (values) => {
        const frame = frameOf(3, (c, r) => values[c * 3 + r] ?? 0);
        const table = tableFromIPC(encoder.encode(frame));
        for (const [c, column] of ENGINE_COLUMNS.entries()) {
          deepStrictEqual(table.getChild(column.name)?.toArray(), frame.engine[c]);
        }
        deepStrictEqual(table.getChild("k")?.toArray(), frame.k);
        deepStrictEqual(table.getChild("spectrum_score")?.toArray(), frame.score);
        deepStrictEqual(table.getChild("spectrum_state_code")?.toArray(), frame.state);
        deepStrictEqual(
          Array.from(table.getChild("last_event_id")?.toArray() as BigInt64Array, Number),
          Array.from(frame.lastEventId),
        );
        deepStrictEqual(table.getChild("proj_score_h400")?.toArray(), frame.projections[1]);
      },
    ),
    { seed: 20_260_101, numRuns: 50 },
  );
});
