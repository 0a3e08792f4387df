import fc from "fast-check";
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { PlotArea } from "./plot_area.ts";
import { columnX, levelY } from "./view.ts";
import { Viewport } from "./viewport.ts";

const area: PlotArea = {
  dpr: 1,
  width: 700,
  height: 500,
  dataWidth: 600,
  plotWidth: 600,
  plotHeight: 480,
  gutterX: 600,
  gutterWidth: 100,
  axisHeight: 20,
  laneHeight: 0,
};

/** A viewport over positions 0 to `last` whose level to follow is 1,000. */
function over(extent: { first: number; last: number; rows: number }): Viewport {
  const viewport = new Viewport(area);
  viewport.resize(area);
  viewport.show(extent);
  viewport.follow(() => 1_000);
  return viewport;
}

Deno.test("Viewport.follow() stays with the newest column until it is panned away", () => {
  const extent = { first: 0, last: 900, rows: 61 };
  const viewport = over(extent);
  strictEqual(viewport.edge, 900);
  extent.last = 905;
  viewport.follow(() => 1_000);
  strictEqual(viewport.edge, 905);
  viewport.pan(40, 0);
  ok(!viewport.followsTime);
  extent.last = 1_200;
  viewport.follow(() => 1_000);
  strictEqual(viewport.edge, 865);
  viewport.jump(true);
  viewport.follow(() => 1_000);
  deepStrictEqual([viewport.edge, viewport.followsTime], [1_200, true]);
});

Deno.test("Viewport.follow() keeps a column that is no longer kept out of sight", () => {
  const extent = { first: 0, last: 900, rows: 61 };
  const viewport = over(extent);
  viewport.pan(Infinity, 0);
  strictEqual(viewport.edge, 0);
  extent.first = 500;
  viewport.follow(() => 1_000);
  strictEqual(viewport.edge, 500);
  viewport.jump(false);
  const across = Math.floor(area.dataWidth / viewport.view.columnPx);
  strictEqual(viewport.view.right, Math.min(900, 500 + across - 1));
});

Deno.test("Viewport.follow() holds the level axis once it was panned, and centres it again", () => {
  const viewport = over({ first: 0, last: 900, rows: 61 });
  const { top, rowPx } = viewport.view;
  ok(Math.abs((top - 1_000) * rowPx - area.plotHeight / 2) <= rowPx);
  viewport.follow(() => 1_001);
  strictEqual(viewport.view.top, top); // it rests while the level is near
  viewport.pan(0, 30);
  viewport.follow(() => 2_000);
  strictEqual(viewport.view.top, top + 30);
  viewport.setFollowsLevel(true);
  viewport.follow((position) => position > 890 ? NaN : 2_000); // the newest have none
  strictEqual(viewport.view.top, top + 1_000);
});

Deno.test("Viewport.cellAt() names the cell whose pixels hold the point", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -3, max: 6 }),
      fc.double({ min: 0, max: 599.9, noNaN: true }),
      fc.double({ min: 0, max: 479.9, noNaN: true }),
      (zoom, x, y) => {
        const viewport = over({ first: 0, last: 8_000, rows: 61 });
        viewport.zoom(zoom, 0, 300, 240);
        const cell = viewport.cellAt(x, y)!;
        const { view } = viewport;
        const left = columnX(view, area.dataWidth, Math.floor(cell.position / view.perColumn));
        ok(left <= x && x < left + view.columnPx, `${left} to ${left + view.columnPx} for ${x}`);
        const top = levelY(view, cell.level);
        ok(top <= y && y < top + view.rowPx);
      },
    ),
    { seed: 20_260_211, numRuns: 300 },
  );
});

Deno.test("Viewport.cellAt() knows no cell outside the data or without any", () => {
  const viewport = over({ first: 0, last: 20, rows: 61 });
  for (const [x, y] of [[-1, 5], [600, 5], [5, -1], [5, 480], [5, 5]] as const) {
    strictEqual(viewport.cellAt(x, y), null);
  }
  strictEqual(viewport.cellAt(599, 5)?.position, 20);
  strictEqual(over({ first: 0, last: -1, rows: 61 }).cellAt(599, 5), null);
  strictEqual(over({ first: 0, last: -1, rows: 61 }).edge, -1);
});
