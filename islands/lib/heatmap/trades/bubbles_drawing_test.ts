import { ok, strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest } from "../../../../jobs/testing/browser.ts";
import {
  inkOf,
  isInk,
  openDrawingPage,
  type Picture,
  pictureOf,
  type Rgba,
} from "../../../../jobs/testing/drawing_page.ts";
import { ScriptedMarket } from "../../../../jobs/testing/scripted_market.ts";
import { columnX, levelY } from "../../canvas/view.ts";
import { DRAWN_HEATMAP, type Geometry } from "../testing/drawn_heatmap.ts";
import { cellRows, type TestCell } from "./testing/cell_rows.ts";

const COLUMNS = 300;
const SPOT = 85_000;
/** Height of the trades: away from every line of the picture. */
const TICK = SPOT + 15;

/** Bins that trade, one price each: bought, sold, neither. */
const TRADES: ReadonlyMap<number, TestCell> = new Map([
  [90, [TICK, 100, 0, 0]],
  [140, [TICK, 0, 100, 0]],
  [190, [TICK, 0, 0, 100]],
  [240, [TICK, 25, 0, 0]],
]);

interface Drawn extends Geometry {
  readonly overlay: Picture;
  readonly summary: { readonly shownQty: number; readonly allQty: number } | null;
}

/** @param minQty Least contracts of a mark, null for none at all. */
async function drawn(page: Page, dpr: number, minQty: number | null): Promise<Drawn> {
  const config = JSON.stringify(new ScriptedMarket({ radius: 40 }).config());
  const trades = [...TRADES].map(([bin, cell]) => [bin, [...cellRows(bin, [cell])]] as const);
  const geometry = await page.evaluate(async ([config, trades, dpr, minQty, columns, spotTick]) => {
    const load = (path: string) => import(path);
    const kit: typeof import("../testing/drawn_heatmap.ts") = await load("/drawn_heatmap.js");
    const history = kit.historyOf(config);
    const quotes = { spotTick, bidTick: spotTick - 1, askTick: spotTick + 1 };
    for (let bin = 0; bin < columns; bin++) kit.pushColumn(history, bin, quotes);
    for (const [bin, bytes] of trades) history.acceptTrades(bin, new Uint8Array(bytes));
    const look = { quantity: "net", palette: "tide", clip: 1 } as const;
    const heatmap = kit.drawHeatmap(history, look, dpr, (heatmap) => heatmap.setTrades(minQty));
    return { ...kit.geometryOf(heatmap, history), summary: heatmap.tradeSummary() };
  }, [config, trades, dpr, minQty, COLUMNS, SPOT] as const);
  return { ...geometry, overlay: await pictureOf(page, "#overlay") };
}

/** Whether a bin's mark has an ink at an offset from its middle, CSS pixels. */
function has(
  { overlay, view, layout, first }: Drawn,
  bin: number,
  ink: Rgba,
  dx: number,
  dy = 0,
): boolean {
  const x = columnX(view, layout.dataWidth, first + bin) + view.columnPx / 2 + dx * layout.dpr;
  const y = levelY(view, TICK) + view.rowPx / 2 + dy * layout.dpr;
  return isInk(overlay.at(Math.round(x), Math.round(y)), ink);
}

/** Pixels of an ink across the middle of a bin's mark, in CSS pixels. */
function across(drawn: Drawn, bin: number, ink: Rgba): number {
  const { dpr } = drawn.layout;
  let count = 0;
  for (let dx = -20 * dpr; dx <= 20 * dpr; dx++) if (has(drawn, bin, ink, dx / dpr)) count++;
  return count / dpr;
}

browserTest(
  "TradeBubbles draws circles bought, diamonds sold and hollow squares for no side, areas as sizes",
  async (page) => {
    await openDrawingPage(page, [DRAWN_HEATMAP]);
    const [buy, sell, none] = [
      await inkOf(page, "buy"),
      await inkOf(page, "sell"),
      await inkOf(page, "text-1"),
    ];
    for (const dpr of [1, 2]) {
      const picture = await drawn(page, dpr, 1);
      // Of equal area a circle reaches 13 px all round, a diamond 16 px along the axes.
      ok(has(picture, 90, buy, 0) && has(picture, 90, buy, 8, 8), "a circle, filled");
      ok(!has(picture, 90, buy, 14.5), "a circle has no corner on the axis");
      ok(has(picture, 140, sell, 0) && has(picture, 140, sell, 14), "a diamond, filled");
      ok(!has(picture, 140, sell, 9, 9), "a diamond has none between the axes");
      ok(!has(picture, 190, none, 0), "neither side is hollow");
      ok(across(picture, 190, none) >= 1, "and has an edge");
      for (const [bin, ink] of [[90, sell], [90, none], [140, buy], [190, buy]] as const) {
        strictEqual(across(picture, bin, ink), 0, `another's ink at bin ${bin}`);
      }
      const [large, small] = [across(picture, 90, buy), across(picture, 240, buy)];
      ok(Math.abs(large - 24) <= 2 && Math.abs(small - 11) <= 2, `${large} and ${small} px across`);
      strictEqual(picture.summary?.shownQty, 325);
    }
  },
);

browserTest(
  "TradeBubbles leaves out what is smaller than the least size, and all when off",
  async (page) => {
    await openDrawingPage(page, [DRAWN_HEATMAP]);
    const [buy, sell] = [await inkOf(page, "buy"), await inkOf(page, "sell")];
    const some = await drawn(page, 1, 50);
    ok(has(some, 90, buy, 0) && has(some, 140, sell, 0));
    strictEqual(across(some, 240, buy), 0, "25 contracts are less than 50");
    strictEqual(some.summary?.shownQty, 300);
    strictEqual(some.summary.allQty, 325);
    const none = await drawn(page, 1, null);
    for (const bin of TRADES.keys()) {
      strictEqual(
        across(none, bin, buy) + across(none, bin, sell),
        0,
      );
    }
    strictEqual(none.summary, null);
  },
);

browserTest(
  "TradeBubbles moves its picture with the bins to what it would draw anew",
  async (page) => {
    await openDrawingPage(page, [DRAWN_HEATMAP]);
    const config = JSON.stringify(new ScriptedMarket({ radius: 40 }).config());
    let seed = 9;
    const next = () => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
    const size = () => Math.floor(200 * next() ** 4);
    const bins = Array.from({ length: COLUMNS }, (_, bin) => {
      const cells: TestCell[] = [-3, -2, -1, 0, 1, 2].filter(() => next() < 0.6)
        .map((k) => [SPOT + k, size(), size(), next() < 0.1 ? size() : 0]);
      return bin === 240 ? [[SPOT, 900, 900, 0] as const] : cells; // the scale stays
    }).map((cells, bin) => [...cellRows(bin, cells)]);
    for (const [dpr, steps] of [[1, 6], [2, -3]] as const) {
      const [differing, inked] = await page.evaluate(
        async ([config, bins, dpr, steps, spotTick]) => {
          const load = (path: string) => import(path);
          const kit: typeof import("../testing/drawn_heatmap.ts") = await load("/drawn_heatmap.js");
          const history = kit.historyOf(config);
          const canvas = () => document.createElement("canvas");
          const look = { quantity: "net", palette: "tide", clip: 1 } as const;
          const drawnOn = (overlay: HTMLCanvasElement) =>
            kit.heatmapOn(canvas(), overlay, history, look, [700, 420, dpr], (heatmap) => {
              heatmap.setTrades(1);
              heatmap.zoom(steps, 0, 0, 0);
            });
          const [moved, anew] = [canvas(), canvas()];
          const heatmap = drawnOn(moved);
          const quotes = { spotTick, bidTick: spotTick - 1, askTick: spotTick };
          for (let i = 0; i < bins.length; i++) {
            kit.pushColumn(history, i, quotes);
            heatmap.added(history.store.last, history.store.last);
            // Trades come with their bin, or a bin later.
            if (i % 5 !== 0) history.acceptTrades(i, new Uint8Array(bins[i]!));
            if (i % 5 === 1) history.acceptTrades(i - 1, new Uint8Array(bins[i - 1]!));
            heatmap.tradesChanged();
            if (i > 250) heatmap.draw();
          }
          drawnOn(anew);
          const pixels = (canvas: HTMLCanvasElement) => {
            const { width, height } = heatmap.layout;
            return canvas.getContext("2d")!.getImageData(0, 0, width, height).data;
          };
          const [a, b] = [pixels(moved), pixels(anew)];
          return [
            a.filter((value, i) => value !== b[i]).length,
            a.filter((value) => value > 0).length,
          ];
        },
        [config, bins, dpr, steps, SPOT] as const,
      );
      ok(inked! > 10_000, `${inked} values`);
      strictEqual(differing, 0, `at ${dpr} device pixels and zoom ${steps}`);
    }
  },
);
