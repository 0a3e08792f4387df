import fc from "fast-check";
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import {
  centreOn,
  columnAt,
  columnX,
  followSlack,
  followTick,
  PRICE_ZOOM,
  tickAt,
  tickY,
  TIME_ZOOM,
  type View,
  zoomPrice,
  zoomTime,
} from "./geometry.ts";

const views = fc.record({
  right: fc.integer({ min: 0, max: 100_000 }),
  zoom: fc.constantFrom(...TIME_ZOOM),
  topTick: fc.integer({ min: -10_000, max: 100_000 }),
  rowPx: fc.constantFrom(...PRICE_ZOOM),
}).map(({ right, zoom, topTick, rowPx }): View => ({
  right,
  binsPerColumn: zoom[0],
  columnPx: zoom[1],
  topTick,
  rowPx,
}));
const options = { seed: 20_260_206, numRuns: 500 };

Deno.test("columnAt() undoes columnX() for every pixel of the column", () => {
  fc.assert(
    fc.property(views, fc.nat(2_000), fc.nat(23), (view, back, inside) => {
      const width = 1_200;
      const column = view.right - back;
      const x = columnX(view, width, column) + (inside % view.columnPx);
      strictEqual(columnAt(view, width, x), column);
      ok(Number.isInteger(x));
    }),
    options,
  );
});

Deno.test("tickAt() undoes tickY() for every pixel of the row", () => {
  fc.assert(
    fc.property(views, fc.integer({ min: -300, max: 300 }), fc.nat(39), (view, down, inside) => {
      const tick = view.topTick - down;
      strictEqual(tickAt(view, tickY(view, tick) + (inside % view.rowPx)), tick);
    }),
    options,
  );
});

Deno.test("zoomTime() keeps the position under the pointer to within one column", () => {
  fc.assert(
    fc.property(views, fc.constantFrom(-2, -1, 1, 2), fc.nat(1_199), (view, steps, x) => {
      const next = zoomTime(view, steps, 1_200, x);
      const before = (columnAt(view, 1_200, x) + 0.5) * view.binsPerColumn;
      const after = (columnAt(next, 1_200, x) + 0.5) * next.binsPerColumn;
      ok(Math.abs(before - after) <= Math.max(view.binsPerColumn, next.binsPerColumn));
      ok(TIME_ZOOM.some(([bins, px]) => bins === next.binsPerColumn && px === next.columnPx));
    }),
    options,
  );
});

Deno.test("zoomPrice() keeps the tick under the pointer", () => {
  fc.assert(
    fc.property(views, fc.constantFrom(-1, 1), fc.nat(799), (view, steps, y) => {
      strictEqual(tickAt(zoomPrice(view, steps, y), y), tickAt(view, y));
    }),
    options,
  );
});

Deno.test("followTick() rests while spot is well inside and centres it when not", () => {
  const view = centreOn(
    { right: 0, columnPx: 1, binsPerColumn: 1, topTick: 0, rowPx: 7 },
    500,
    700,
  );
  strictEqual(followTick(view, 509, 700, 9), view);
  deepStrictEqual(followTick(view, 490, 700, 9), centreOn(view, 490, 700));
});

Deno.test("followSlack() lets spot stray while the whole window stays on screen", () => {
  const view: View = { right: 0, columnPx: 1, binsPerColumn: 1, topTick: 0, rowPx: 6 };
  fc.assert(
    fc.property(
      fc.integer({ min: 60, max: 2_000 }),
      fc.integer({ min: 1, max: 60 }),
      (h, radius) => {
        const rows = 2 * radius + 1;
        const slack = followSlack(view, h, rows);
        const centred = centreOn(view, 0, h);
        if (Math.floor(h / 6) - rows < 8) return;
        for (const spot of [-slack, slack]) {
          const held = followTick(centred, spot, h, slack);
          ok(tickY(held, spot + radius) >= 0 && tickY(held, spot - radius) + 6 <= h + 6);
        }
      },
    ),
    options,
  );
});
