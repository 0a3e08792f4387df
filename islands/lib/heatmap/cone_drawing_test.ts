import { deepStrictEqual, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { FORECAST, FORECAST_COLUMNS, FORECAST_HEADER } from "../../../engine/frames/contract.ts";
import { browserTest } from "../../../jobs/testing/browser.ts";
import {
  inkOf,
  isInk,
  openDrawingPage,
  type Picture,
  pictureOf,
  type Rgba,
} from "../../../jobs/testing/drawing_page.ts";
import { ScriptedMarket } from "../../../jobs/testing/scripted_market.ts";
import { columnX, levelY } from "../canvas/view.ts";
import { coneX } from "./cone_zone.ts";
import type { AheadView } from "./heatmap.ts";
import { DRAWN_HEATMAP, type Geometry } from "./testing/drawn_heatmap.ts";

const COLUMNS = 260;
const HORIZONS_MS = [100, 5_000, 10_000];
const BID_TICK = 84_990;
/** Where the dashes along the mid are no longer in the way. */
const BESIDE_MID_PX = 4;

/** Half-widths of the intervals at 5 and 10 s, ticks. */
interface Widths {
  readonly half50: readonly [number, number];
  readonly half80: readonly [number, number];
}
const WIDTHS: Widths = { half50: [2, 3], half80: [4, 7] };

interface Drawn extends Geometry {
  readonly overlay: Picture;
}

/** A forecast as it lies in the page. */
function forecastOf({ half50, half80 }: Widths): number[] {
  const rows = HORIZONS_MS.length;
  const values = new Array<number>(FORECAST_HEADER.length + FORECAST_COLUMNS.length * rows).fill(0);
  const set = (column: number, row: number, value: number) =>
    values[FORECAST_HEADER.length + column * rows + row] = value;
  HORIZONS_MS.forEach((ms, row) => set(FORECAST.HORIZON_MS, row, ms));
  [NaN, ...half50].forEach((half, row) => set(FORECAST.HALF_50, row, half));
  [NaN, ...half80].forEach((half, row) => set(FORECAST.HALF_80, row, half));
  [0, 1_000, 1_000].forEach((scored, row) => set(FORECAST.SCORED, row, scored));
  return values;
}

/** Draws columns of one price, or of two. */
async function drawn(
  page: Page,
  { widths, ahead = "cone", showPast = false, jumpAt = Infinity, dpr = 1 }: {
    readonly widths: Widths | null;
    readonly ahead?: AheadView;
    readonly showPast?: boolean;
    /** Column from which the mid stands nine ticks higher. */
    readonly jumpAt?: number;
    readonly dpr?: number;
  },
): Promise<Drawn> {
  const config = JSON.stringify(new ScriptedMarket({ radius: 40 }).config());
  const forecast = widths === null
    ? null
    : forecastOf(widths).map((x) => Number.isNaN(x) ? null : x);
  const script = { columns: COLUMNS, bid: BID_TICK, forecast, ahead, showPast, jumpAt, dpr };
  const geometry = await page.evaluate(async ([config, script]) => {
    const load = (path: string) => import(path);
    const kit: typeof import("./testing/drawn_heatmap.ts") = await load("/drawn_heatmap.js");
    const history = kit.historyOf(config);
    for (let bin = 0; bin < script.columns; bin++) {
      const bidTick = script.bid + (bin >= script.jumpAt ? 9 : 0);
      const quotes = { spotTick: bidTick + 1, bidTick, askTick: bidTick + 1 };
      const slot = kit.pushColumn(history, bin, quotes, true);
      const values = script.forecast?.map((value) => value ?? NaN);
      history.forecasts.write(slot, values === undefined ? null : Float64Array.from(values));
    }
    const look = { quantity: "depth", palette: "tide", clip: 1_000 } as const;
    const heatmap = kit.drawHeatmap(history, look, script.dpr, (heatmap) => {
      heatmap.setAhead(script.ahead);
      if (script.showPast) heatmap.togglePast();
    });
    return kit.geometryOf(heatmap, history);
  }, [config, script] as const);
  return { ...geometry, overlay: await pictureOf(page, "#overlay") };
}

/** Ticks above and below the newest mid that an ink reaches without a gap, at one place. */
function reachOf({ overlay, view }: Drawn, x: number, ink: Rgba): number[] {
  const middle = Math.round(levelY(view, BID_TICK + 0.5) + view.rowPx / 2);
  return [-1, 1].map((side) => {
    let px = BESIDE_MID_PX;
    while (isInk(overlay.at(x, middle + side * px), ink)) px++;
    return px === BESIDE_MID_PX ? 0 : Math.round(2 * px / view.rowPx) / 2;
  });
}

browserTest(
  "Heatmap draws the 80 % cone to its prices at 5 and 10 s, the 50 % one inside",
  async (page) => {
    await openDrawingPage(page, [DRAWN_HEATMAP]);
    const ink = await inkOf(page, "forecast");
    for (const dpr of [1, 2]) {
      const picture = await drawn(page, { widths: WIDTHS, dpr });
      HORIZONS_MS.slice(1).forEach((ms, i) => {
        const x = Math.round(coneX(picture.layout, ms));
        const [half50, half80] = [WIDTHS.half50[i]!, WIDTHS.half80[i]!];
        deepStrictEqual(reachOf(picture, x, ink), [half80, half80], `80 % at ${ms} ms, ${dpr}`);
        deepStrictEqual(
          reachOf(picture, x - dpr, ink),
          [half50, half50],
          `50 % at ${ms} ms, ${dpr}`,
        );
      });
    }
  },
);

browserTest(
  "Heatmap draws the bands instead of the cone when asked, and no cone without one",
  async (page) => {
    await openDrawingPage(page, [DRAWN_HEATMAP]);
    const ink = await inkOf(page, "forecast");
    for (const other of [{ widths: WIDTHS, ahead: "bands" }, { widths: null }] as const) {
      const picture = await drawn(page, other);
      deepStrictEqual(reachOf(picture, Math.round(coneX(picture.layout, 5_000)), ink), [0, 0]);
    }
  },
);

browserTest("Heatmap shows what the cone said of the past, and where it missed", async (page) => {
  await openDrawingPage(page, [DRAWN_HEATMAP]);
  const warn = await inkOf(page, "warn");
  // The mid jumps beyond the 7 ticks said 100 columns before; for 100 columns the cone has missed.
  const jumpAt = 140;
  const picture = await drawn(page, { widths: WIDTHS, showPast: true, jumpAt });
  const { overlay, view, layout, first } = picture;
  const missed: number[] = [];
  for (let column = 100; column < COLUMNS; column++) {
    const x = columnX(view, layout.dataWidth, first + column) + Math.floor(view.columnPx / 2);
    if (isInk(overlay.at(x, layout.plotHeight - 2), warn)) missed.push(column);
  }
  deepStrictEqual([missed[0], missed.at(-1), missed.length], [jumpAt, jumpAt + 99, 100]);
  const without = await drawn(page, { widths: WIDTHS, jumpAt });
  const x = columnX(view, layout.dataWidth, first + 200);
  ok(!isInk(without.overlay.at(x, layout.plotHeight - 2), warn));
});
