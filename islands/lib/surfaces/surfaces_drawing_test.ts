import { ok, strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest } from "../../../jobs/testing/browser.ts";
import {
  inkOf,
  openDrawingPage,
  type Picture,
  pictureOf,
} from "../../../jobs/testing/drawing_page.ts";
import { columnX, levelY, type View } from "../canvas/view.ts";
import { LADDER, PLANE, STRIKE_TICKS } from "./cell_planes.ts";
import type { SurfaceLayout } from "./surface_layout.ts";
import { DRAWN_SURFACES } from "./testing/drawn_surfaces.ts";

const WINDOWS = 1_800;
const FIRST_S = 1_767_709_801;
const FIRST_TICK = 27_800;
/** Every so many ticks one builds, and the one above it erodes; the ticks between have nothing. */
const STEP = 7;

interface Drawn {
  readonly view: View;
  readonly layout: SurfaceLayout;
}

/** A spot that walks for half an hour, and lies hundreds of ticks off its start in between. */
function spots(): readonly number[] {
  let state = 20_261_130;
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  let tick = FIRST_TICK;
  return Array.from(
    { length: WINDOWS },
    (_, i) => tick += Math.floor(next() * 5) - 2 + (i % 9 < 4 ? 1 : 0),
  );
}

async function drawWalk(page: Page, walk: readonly number[], zoomOut: number): Promise<Drawn> {
  return await page.evaluate(async ({ walk, firstS, step, zoomOut }) => {
    const load = (path: string) => import(path);
    const kit: typeof import("./testing/drawn_surfaces.ts") = await load("/drawn_surfaces.js");
    const windows = walk.map((spot, i) => {
      const window = kit.emptyWindow(firstS + i, spot);
      for (let tick = spot - 400; tick <= spot + 400; tick++) {
        if (tick % step === 0) kit.putVelocity(window, tick, 3);
        if (tick % step === 1) kit.putVelocity(window, tick, -3);
      }
      return window;
    });
    const view = kit.drawSurfaces(kit.storeOf(windows), ["velocity"], [2_300, 620, 1], (view) => {
      view.zoom(zoomOut, 0, 0, 0);
    });
    return { view: view.view, layout: view.layout };
  }, { walk, firstS: FIRST_S, step: STEP, zoomOut });
}

/** Says what a cell is: it builds (+), erodes (−), or is neither (0). */
function signAt(picture: Picture, x: number, y: number): -1 | 0 | 1 {
  const [red, green] = picture.at(x, y);
  if (Math.max(red, green) < 60) return 0;
  return green > red ? 1 : -1;
}

browserTest(
  "SurfaceView draws no cell off by a tick after half an hour of moving spot",
  async (page) => {
    await openDrawingPage(page, [DRAWN_SURFACES]);
    const walk = spots();
    ok(Math.max(...walk) - Math.min(...walk) > 300, "the spot moves");
    const { view, layout } = await drawWalk(page, walk, -1);
    const picture = await pictureOf(page, "#canvas");
    const last = FIRST_S + WINDOWS - 1;
    strictEqual(view.perColumn, 1);
    let [columns, cells] = [0, 0];
    for (let second = FIRST_S; second <= last; second++) {
      const x = columnX(view, layout.dataWidth, second);
      if (x < 0) continue;
      columns++;
      const spot = walk[second - FIRST_S]!;
      for (let y = 0; y < layout.plotHeight; y += view.rowPx) {
        const tick = view.top - y / view.rowPx;
        // The line of the spot goes on to the next second's; lines lie at strikes.
        const near = [-1, 0, 1].map((i) => walk[second - FIRST_S + i] ?? NaN);
        if (near.some((own) => Math.abs(tick - own) < 6) || tick % STRIKE_TICKS === 0) continue;
        const isInside = Math.abs(tick - spot) <= 400;
        const wanted = !isInside ? 0 : tick % STEP === 0 ? 1 : tick % STEP === 1 ? -1 : 0;
        const middle = y + Math.floor(view.rowPx / 2);
        strictEqual(
          signAt(picture, x, middle),
          wanted,
          `tick ${tick}, spot ${spot}, ${last - second} s ago`,
        );
        cells++;
      }
    }
    strictEqual(columns, WINDOWS);
    ok(cells > 100_000);
  },
);

browserTest(
  "SurfaceView draws a second that did not come as a hatched column, others as they are",
  async (page) => {
    await openDrawingPage(page, [DRAWN_SURFACES]);
    const { view, layout } = await page.evaluate(async ({ firstS, spot }) => {
      const load = (path: string) => import(path);
      const kit: typeof import("./testing/drawn_surfaces.ts") = await load("/drawn_surfaces.js");
      const there = Array.from({ length: 60 }, (_, i) => i).filter((i) => i < 20 || i >= 32);
      const windows = there.map((i) => {
        const window = kit.emptyWindow(firstS + i, spot);
        for (let tick = spot - 50; tick < spot + 50; tick++) kit.putVelocity(window, tick, 3);
        return window;
      });
      const view = kit.drawSurfaces(kit.storeOf(windows), ["velocity"], [900, 500, 1]);
      return { view: view.view, layout: view.layout };
    }, { firstS: FIRST_S, spot: FIRST_TICK });
    const picture = await pictureOf(page, "#canvas");
    const y = levelY(view, FIRST_TICK + 11) + 1;
    const xOf = (i: number) => columnX(view, layout.dataWidth, FIRST_S + i);
    const at = (i: number) => picture.at(xOf(i), y).join(" ");
    strictEqual(signAt(picture, xOf(0), y), 1);
    for (let i = 0; i < 60; i++) strictEqual(at(i) === at(0), i < 20 || i >= 32, `second ${i}`);
  },
);

browserTest(
  "SurfaceView draws bars away from the spot, gamma at its strike, walls by side",
  async (page) => {
    await openDrawingPage(page, [DRAWN_SURFACES]);
    const [above, below] = [FIRST_TICK + 40, FIRST_TICK - 40];
    const draw = (layer: string) =>
      page.evaluate(async ({ layer, firstS, spot, above, below, planes }) => {
        const load = (path: string) => import(path);
        const kit: typeof import("./testing/drawn_surfaces.ts") = await load("/drawn_surfaces.js");
        const window = kit.emptyWindow(firstS, spot);
        const place = (tick: number) => (tick - window.strikeTick) / 20 + 12;
        window.ladder[planes.options + place(above)] = 9;
        window.ladder[planes.options + place(below)] = 9;
        for (const [tick, calls, puts] of [[above, 900, 0], [below, 0, 900]] as const) {
          window.ladder[planes.calls + place(tick)] = calls;
          window.ladder[planes.puts + place(tick)] = puts;
          window.ladder[planes.naive + place(tick)] = calls - puts;
        }
        window.cells[planes.wall + 400 + 6] = 5_000;
        window.cells[planes.wall + 400 - 6] = -5_000;
        const view = kit.drawSurfaces(kit.storeOf([window]), [layer], [900, 700, 1]);
        return { view: view.view, layout: view.layout };
      }, {
        layer,
        firstS: FIRST_S,
        spot: FIRST_TICK,
        above,
        below,
        planes: {
          options: LADDER.OPTIONS,
          calls: LADDER.CALLS,
          puts: LADDER.PUTS,
          naive: LADDER.NAIVE,
          wall: PLANE.WALL,
        },
      });
    const ticksLit = async ({ view, layout }: Drawn) => {
      const picture = await pictureOf(page, "#canvas");
      const x = columnX(view, layout.dataWidth, FIRST_S);
      const lit = new Map<number, readonly number[]>();
      for (let tick = FIRST_TICK - 60; tick <= FIRST_TICK + 60; tick++) {
        if (Math.abs(tick - FIRST_TICK) < 3) continue; // the spot's line
        const pixel = picture.at(x, levelY(view, tick) + Math.floor(view.rowPx / 2));
        if (Math.max(...pixel.slice(0, 3)) > 45) lit.set(tick, pixel);
      }
      return lit;
    };
    const bars = [...(await ticksLit(await draw("options"))).keys()];
    const high = bars.filter((tick) => tick > FIRST_TICK);
    const low = bars.filter((tick) => tick < FIRST_TICK);
    ok(high.every((tick) => tick >= above && tick < above + 8), `above: ${high}`);
    ok(low.every((tick) => tick <= below && tick > below - 8), `below: ${low}`);
    ok(high.length >= 6 && low.length >= 6);
    const gamma = [...(await ticksLit(await draw("gamma"))).keys()];
    ok(gamma.includes(above) && gamma.includes(below));
    ok(
      gamma.every((tick) => Math.min(Math.abs(tick - above), Math.abs(tick - below)) <= 3),
      `${gamma}`,
    );
    const walls = await ticksLit(await draw("walls"));
    const [ask, bid] = [
      await inkOf(page, "surface-ask-wall"),
      await inkOf(page, "surface-bid-wall"),
    ];
    const isLike = (tick: number, ink: readonly number[]) => {
      const pixel = walls.get(tick) ?? [];
      return Math.sign(pixel[0]! - pixel[2]!) === Math.sign(ink[0]! - ink[2]!);
    };
    strictEqual(walls.size, 2);
    ok(isLike(FIRST_TICK + 6, ask) && isLike(FIRST_TICK - 6, bid));
  },
);
