import { ok, strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest } from "../../../jobs/testing/browser.ts";
import { openDrawingPage, pictureOf, type Rgba } from "../../../jobs/testing/drawing_page.ts";
import { parseOklch } from "./colour.ts";
import { GRID, type GridKind } from "./grid.ts";
import { divergingStops, packPixel } from "./palettes.ts";
import { lutIndex, type Scale, scaleLut } from "./scale.ts";
import { LEVEL_ZOOM, TIME_ZOOM, type View } from "./view.ts";

const WIDTH = 320;
const HEIGHT = 240;
const VIEWS = 12;

/** A field of strikes over time that nobody has heard of, as plain data. */
interface Toy {
  readonly first: number;
  readonly rows: number;
  /** Per position from `first` on. */
  readonly anchors: readonly number[];
  readonly kinds: readonly GridKind[];
  readonly values: readonly (readonly number[])[];
}

const scale: Scale = {
  kind: "diverging",
  lo: -10,
  hi: 30,
  unit: "widgets",
  stops: divergingStops("dusk"),
};

function random(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 4_294_967_296;
}

function toyOf(next: () => number): Toy {
  const rows = 21;
  const count = 700;
  let anchor = 5_000;
  const anchors = Array.from({ length: count }, () => anchor += Math.floor(next() * 3) - 1);
  return {
    first: 96,
    rows,
    anchors: anchors.map((level) => next() < 0.05 ? NaN : level),
    kinds: anchors.map((_, i) => i % 90 > 84 ? GRID.GAP : i % 70 > 66 ? GRID.SUSPECT : GRID.SOUND),
    values: anchors.map(() =>
      Array.from({ length: rows }, () => next() < 0.1 ? NaN : -20 + 60 * next())
    ),
  };
}

function viewOf(next: () => number, toy: Toy, zoom: readonly [number, number]): View {
  const [perColumn, columnPx] = zoom;
  const last = toy.first + toy.anchors.length - 1;
  const right = Math.floor((last + 20 - next() * 300) / perColumn);
  const edge = Math.min(toy.anchors.length - 1, right * perColumn - toy.first);
  const rowPx = LEVEL_ZOOM[Math.floor(next() * LEVEL_ZOOM.length)]!;
  const middle = toy.anchors.slice(0, edge).findLast((level) => !Number.isNaN(level))!;
  const top = middle + Math.floor(HEIGHT / rowPx / 2) + Math.floor(next() * 20);
  return { right, columnPx, perColumn, top, rowPx };
}

/** Colour that a display column has at a level by the definition; the kind of hatch over it, if any. */
function wantedPixel(
  toy: Toy,
  column: number,
  level: number,
  view: View,
  colours: Colours,
): number | "suspect" | "gap" {
  let strongest = NaN;
  let worst: GridKind = GRID.SOUND;
  const middle = (scale.lo + scale.hi) / 2;
  for (let i = 0; i < view.perColumn; i++) {
    const at = column * view.perColumn + i - toy.first;
    if (at < 0 || at >= toy.anchors.length) continue;
    worst = Math.max(worst, toy.kinds[at]!) as GridKind;
    const value = toy.values[at]?.[level - toy.anchors[at]!] ?? NaN;
    if (!(Math.abs(strongest - middle) >= Math.abs(value - middle))) {
      strongest = Number.isNaN(value) ? strongest : value;
    }
  }
  if (worst !== GRID.SOUND) return worst === GRID.GAP ? "gap" : "suspect";
  return Number.isNaN(strongest) ? colours.empty : colours.lut[lutIndex(scale, strongest)]!;
}

function pack([r, g, b, a]: Rgba): number {
  return ((a << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

interface Colours {
  readonly lut: Uint32Array;
  readonly empty: number;
  /** Below the hatch of a gap. */
  readonly ground: number;
}

async function coloursOf(page: Page): Promise<Colours> {
  const names = [...scale.stops, "scale-void", "bg-0"];
  const texts = await page.evaluate((names) => {
    const style = getComputedStyle(document.documentElement);
    return names.map((name) => style.getPropertyValue(`--${name}`).trim());
  }, names);
  const token = (name: string) => texts[names.indexOf(name)]!;
  const pixel = (name: string) => packPixel(parseOklch(token(name)));
  return { lut: scaleLut(scale, token), empty: pixel("scale-void"), ground: pixel("bg-0") };
}

/** Makes the toy a grid in the page, where later calls draw it. */
async function show(page: Page, toy: Toy): Promise<void> {
  await page.evaluate(async ([toy, scale, width, height]) => {
    const path = "/mod.js";
    const kit: typeof import("./mod.ts") = await import(path);
    const grid = {
      first: toy.first,
      last: toy.first + toy.anchors.length - 1,
      rows: toy.rows,
      kind: (position: number) => toy.kinds[position - toy.first]!,
      anchor: (position: number) => toy.anchors[position - toy.first]!,
      value: (position: number, row: number) => toy.values[position - toy.first]![row]!,
    };
    const canvas = document.querySelector<HTMLCanvasElement>("#canvas")!;
    canvas.width = width;
    canvas.height = height;
    const theme = kit.readTheme();
    const lut = kit.scaleLut(scale, theme.token);
    const layer = new kit.HeatLayer(canvas.getContext("2d")!, theme);
    const texture = new kit.HeatTexture(grid, { scale, lut, voidPixel: theme.voidPixel });
    const area = {
      dpr: 1,
      width,
      height,
      dataWidth: width,
      plotWidth: width,
      plotHeight: height,
      gutterX: width,
      gutterWidth: 0,
      axisHeight: 0,
      laneHeight: 0,
    };
    Object.assign(globalThis, {
      drawToy: (view: View) => layer.draw(grid, texture, view, area),
    });
  }, [toy, scale, WIDTH, HEIGHT] as const);
}

browserTest(
  "HeatLayer.draw() paints each cell of any grid in its colour at every zoom",
  async (page) => {
    await openDrawingPage(page, ["islands/lib/canvas/mod.ts"]);
    const next = random(20_260_211);
    const toy = toyOf(next);
    await show(page, toy);
    const colours = await coloursOf(page);
    let [cells, gaps, grounds, suspects, plain] = [0, 0, 0, 0, 0];
    for (let i = 0; i < VIEWS; i++) {
      const view = viewOf(next, toy, TIME_ZOOM[i % TIME_ZOOM.length]!);
      await page.evaluate(
        (view) => (globalThis as unknown as { drawToy(view: View): void }).drawToy(view),
        view,
      );
      const picture = await pictureOf(page, "#canvas");
      for (let x = 0; x < WIDTH; x += 3) {
        for (let y = 1; y < HEIGHT; y += 5) {
          const column = view.right - Math.floor((WIDTH - 1 - x) / view.columnPx);
          const level = view.top - Math.floor(y / view.rowPx);
          const wanted = wantedPixel(toy, column, level, view, colours);
          const seen = pack(picture.at(x, y));
          if (wanted === "gap") {
            gaps++;
            if (seen === colours.ground) grounds++;
          } else if (wanted === "suspect") {
            suspects++;
            if (seen === colours.empty || colours.lut.includes(seen)) plain++;
          } else {
            strictEqual(seen, wanted, `${x}, ${y} of ${JSON.stringify(view)}`);
            if (wanted !== colours.empty) cells++;
          }
        }
      }
    }
    ok(cells > 5_000 && gaps > 200 && suspects > 200, `${cells}, ${gaps}, ${suspects}`);
    ok(grounds > 0.3 * gaps && grounds < 0.95 * gaps, `${grounds} of ${gaps} under a gap's hatch`);
    ok(plain < 0.1 * suspects, `${plain} of ${suspects} suspect cells look sound`);
  },
);
