import fc from "fast-check";
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import {
  centreOn,
  columnAt,
  columnX,
  followLevel,
  followSlack,
  LEVEL_ZOOM,
  levelAt,
  levelY,
  TIME_ZOOM,
  type View,
  zoomLevels,
  zoomTime,
} from "./view.ts";

const views = fc.record({
  right: fc.integer({ min: 0, max: 100_000 }),
  zoom: fc.constantFrom(...TIME_ZOOM),
  top: fc.integer({ min: -10_000, max: 100_000 }),
  rowPx: fc.constantFrom(...LEVEL_ZOOM),
}).map(({ right, zoom, top, rowPx }): View => ({
  right,
  perColumn: zoom[0],
  columnPx: zoom[1],
  top,
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

Deno.test("levelAt() undoes levelY() for every pixel of the row", () => {
  fc.assert(
    fc.property(views, fc.integer({ min: -300, max: 300 }), fc.nat(39), (view, down, inside) => {
      const tick = view.top - down;
      strictEqual(levelAt(view, levelY(view, tick) + (inside % view.rowPx)), tick);
    }),
    options,
  );
});

Deno.test("zoomTime() keeps the position under the pointer to within one column", () => {
  fc.assert(
    fc.property(views, fc.constantFrom(-2, -1, 1, 2), fc.nat(1_199), (view, steps, x) => {
      const next = zoomTime(view, steps, 1_200, x);
      const before = (columnAt(view, 1_200, x) + 0.5) * view.perColumn;
      const after = (columnAt(next, 1_200, x) + 0.5) * next.perColumn;
      ok(Math.abs(before - after) <= Math.max(view.perColumn, next.perColumn));
      ok(TIME_ZOOM.some(([bins, px]) => bins === next.perColumn && px === next.columnPx));
    }),
    options,
  );
});

Deno.test("zoomLevels() keeps the level under the pointer", () => {
  fc.assert(
    fc.property(views, fc.constantFrom(-1, 1), fc.nat(799), (view, steps, y) => {
      strictEqual(levelAt(zoomLevels(view, steps, y), y), levelAt(view, y));
    }),
    options,
  );
});

Deno.test("followLevel() rests while the level is well inside and centres it when not", () => {
  const view = centreOn(
    { right: 0, columnPx: 1, perColumn: 1, top: 0, rowPx: 7 },
    500,
    700,
  );
  strictEqual(followLevel(view, 509, 700, 9), view);
  deepStrictEqual(followLevel(view, 490, 700, 9), centreOn(view, 490, 700));
});

Deno.test("followSlack() lets the level stray while the whole window stays on screen", () => {
  const view: View = { right: 0, columnPx: 1, perColumn: 1, top: 0, rowPx: 6 };
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
          const held = followLevel(centred, spot, h, slack);
          ok(levelY(held, spot + radius) >= 0 && levelY(held, spot - radius) + 6 <= h + 6);
        }
      },
    ),
    options,
  );
});
