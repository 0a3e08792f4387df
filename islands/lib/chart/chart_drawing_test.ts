import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest } from "../../../jobs/testing/browser.ts";
import {
  inkOf,
  isInk,
  openDrawingPage,
  type Picture,
  pictureOf,
  type Rgba,
} from "../../../jobs/testing/drawing_page.ts";
import type { Bar, FlowMark } from "./candle_store.ts";
import { barX, type ChartFrame, chartFrame, priceY } from "./chart_frame.ts";
import type { ChartModel } from "./chart_model.ts";

const WIDTH = 760;
const HEIGHT = 480;
const BAR_PX = 8;
const MINUTE_MS = 60_000;
/** Bars between two marks, so that none lies in the other's way. */
const MARK_EVERY = 4;
/** How far from its bar a mark may reach, CSS pixels. */
const MARK_REACH = 18;

interface Inks {
  readonly bid: Rgba;
  readonly ask: Rgba;
  readonly spot: Rgba;
  readonly forecast: Rgba;
}

/** A walk of 200 bars with a mark of each direction in turn, averages apart from the bars. */
function scriptedModel(seed: number): ChartModel {
  let state = seed;
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const bars: Bar[] = [];
  const marks: FlowMark[] = [];
  let close = 500;
  for (let i = 0; i < 200; i++) {
    const ts = 1_770_388_200_000 + i * MINUTE_MS;
    const open = close;
    close += next() - 0.5;
    const [top, bottom] = [Math.max(open, close), Math.min(open, close)];
    const [high, low] = [top + 0.1 + next() / 4, bottom - 0.1 - next() / 4];
    bars.push({ ts, open, high, low, close, volume: 1_000 + 9_000 * next(), offVolume: 0 });
    if (i % MARK_EVERY !== 0) continue;
    const sign = i % (2 * MARK_EVERY) === 0 ? 1 : -1;
    const [kind, label, premium] = ["smart-money", "", 1e5 + 9e5 * next()] as const;
    marks.push({ id: `${i}`, ts: ts + 200 * i, kind, label, sign, premium, row: null });
  }
  const apart = (by: number) => Float64Array.from(bars, (bar) => bar.close + by);
  return {
    bars,
    vwap: apart(1.1),
    net: Float64Array.from(bars, () => next() - 0.5),
    gross: Float64Array.from(bars, () => next()),
    marks,
    intervalMs: MINUTE_MS,
    lower: "direction",
    // Another price altogether, that falls behind ours.
    compare: {
      symbol: "QQQ",
      closes: Float64Array.from(bars, (bar, i) => 0.4 * bar.close - i / 40),
    },
    outline: null,
    hasHidden: false,
  };
}

/** Draws a model in the page, at one pixel of the canvas per CSS pixel. */
async function drawn(page: Page, model: ChartModel): Promise<Picture> {
  const { vwap, net, gross, compare, ...rest } = model;
  const columns = [vwap, net, gross, compare?.closes ?? new Float64Array()].map((own) => [...own]);
  await page.evaluate(async ([rest, columns, width, height]) => {
    const path = "/chart_view.js";
    const { ChartView }: typeof import("./chart_view.ts") = await import(path);
    const [vwap, net, gross, closes] = columns.map((own) => Float64Array.from(own));
    const view = new ChartView(document.querySelector<HTMLCanvasElement>("#canvas")!);
    view.resize(width, height);
    const compare = { symbol: "QQQ", closes: closes! };
    view.show({ ...rest, vwap: vwap!, net: net!, gross: gross!, compare });
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }, [rest, columns, WIDTH, HEIGHT] as const);
  return await pictureOf(page, "#canvas");
}

function frameOf(model: ChartModel): ChartFrame {
  const window = { right: model.bars.length - 1, columnPx: BAR_PX };
  const frame = chartFrame(model, window, WIDTH, HEIGHT);
  ok(frame !== null && frame.last - frame.first > 80);
  return frame;
}

/** Whether the line at the newest close lies over a price. */
function isNearLast({ bars }: ChartModel, frame: ChartFrame, price: number): boolean {
  return Math.abs(priceY(frame, price) - priceY(frame, bars.at(-1)!.close)) < 6;
}

/** Width of an ink around a bar's middle at a height, in pixels. */
function widthOf(picture: Picture, x: number, y: number, ink: Rgba): number {
  let width = 0;
  for (let dx = -8; dx <= 8; dx++) if (isInk(picture.at(x + dx, y), ink, 200)) width++;
  return width;
}

function marksStandOnTheirSide(model: ChartModel, picture: Picture, inks: Inks): number {
  const frame = frameOf(model);
  let seen = 0;
  for (const mark of model.marks) {
    const i = model.bars.findIndex((bar) => mark.ts - bar.ts < MINUTE_MS);
    const bar = model.bars[i]!;
    // The window ends in the middle of nothing at the left, and the last bar lies at the edge.
    if (i <= frame.first || i >= frame.last) continue;
    const x = Math.floor(barX(frame, i));
    const [above, below] = [priceY(frame, bar.high) - 2, priceY(frame, bar.low) + 2];
    const ink = mark.sign > 0 ? inks.bid : inks.ask;
    const rowsOf = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, k) => widthOf(picture, x, from + k, ink));
    const up = rowsOf(Math.floor(above) - MARK_REACH, Math.floor(above));
    const down = rowsOf(Math.ceil(below), Math.ceil(below) + MARK_REACH);
    const [own, other] = mark.sign > 0 ? [down, up] : [up, down];
    const at = own.findIndex((width) => width > 4);
    ok(at >= 0, `mark ${mark.id} of sign ${mark.sign} is not on its side`);
    ok(other.filter((width) => width > 4).length < 3, `mark ${mark.id} is on the wrong side`);
    const shape = own.slice(own.findIndex((width) => width > 0)).filter((width) => width > 0);
    const [head, foot] = [shape.slice(0, 2), shape.slice(-2)].map((two) => Math.max(...two));
    ok(mark.sign > 0 ? head! < foot! : head! > foot!, `mark ${mark.id} points the wrong way`);
    seen++;
  }
  return seen;
}

browserTest("ChartView draws marks on their side of the bar, pointing their way", async (page) => {
  await openDrawingPage(page, ["islands/lib/chart/chart_view.ts"]);
  const inks = await inksOf(page);
  for (const seed of [1, 2, 3]) {
    // Level bars and no flow below: nothing but a mark has its colours beside a bar.
    const { bars, ...rest } = scriptedModel(seed);
    const level = bars.map((bar) => ({ ...bar, open: 500, close: 500, high: 501, low: 499 }));
    const vwap = new Float64Array(level.length).fill(NaN);
    const model: ChartModel = { ...rest, bars: level, vwap, compare: null, lower: "volume" };
    ok(marksStandOnTheirSide(model, await drawn(page, model), inks) > 10);
  }
});

browserTest("ChartView draws VWAP and the compared closes at every bar", async (page) => {
  await openDrawingPage(page, ["islands/lib/chart/chart_view.ts"]);
  const inks = await inksOf(page);
  const { compare, ...rest } = scriptedModel(4);
  ok(compare !== null);
  const model = { ...rest, compare, marks: [] };
  const picture = await drawn(page, model);
  const frame = frameOf(model);
  const isAt = (i: number, price: number, ink: Rgba) => {
    const x = Math.floor(barX(frame, i));
    const y = Math.round(priceY(frame, price));
    return [-2, -1, 0, 1].some((dy) => isInk(picture.at(x, y + dy), ink));
  };
  let seen = 0;
  const isSeen = (price: number) => price > frame.low && price < frame.high;
  for (let i = frame.first + 1; i < frame.last; i++) {
    for (
      const [prices, ink, other] of [
        [model.vwap, inks.spot, inks.forecast],
        [frame.compared!, inks.forecast, inks.spot],
      ] as const
    ) {
      const price = prices[i]!;
      ok(prices === model.vwap || isSeen(price), `compared at ${price} leaves the scale`);
      // A line has two points, and the one at the newest close has the colour of VWAP.
      if (!isSeen(price) || !isSeen(prices[i - 1]!) || isNearLast(model, frame, price)) continue;
      ok(isAt(i, price, ink), `nothing at ${price} over bar ${i}`);
      ok(!isAt(i, price, other), `another line at ${price} over bar ${i}`);
      seen++;
    }
  }
  ok(seen > 60, `${seen} points`);
  strictEqual(frame.compared![frame.first], model.bars[frame.first]!.close);
});

browserTest(
  "ChartView draws each bar from low to high, and bought above sold below",
  async (page) => {
    await openDrawingPage(page, ["islands/lib/chart/chart_view.ts"]);
    const inks = await inksOf(page);
    const vwap = new Float64Array(200).fill(NaN);
    const model = { ...scriptedModel(5), marks: [], compare: null, vwap };
    const picture = await drawn(page, model);
    const frame = frameOf(model);
    const zero = frame.lowerTop + (frame.area.plotHeight - frame.lowerTop) / 2;
    for (let i = frame.first; i <= frame.last; i++) {
      const bar = model.bars[i]!;
      const x = Math.round(barX(frame, i));
      const ink = bar.close >= bar.open ? inks.bid : inks.ask;
      if (isNearLast(model, frame, bar.high) || isNearLast(model, frame, bar.low)) continue;
      const isOn = (price: number, dy: number) =>
        isInk(picture.at(x, Math.round(priceY(frame, price)) + dy), ink, 200);
      ok(isOn(bar.high, 2) && isOn(bar.low, -2), `bar ${i} does not reach from low to high`);
      ok(!isOn(bar.high, -3) && !isOn(bar.low, 3), `bar ${i} reaches beyond its low or high`);
      const net = model.net[i]!;
      if (Math.abs(net) < 0.1) continue;
      const side = (by: number) => picture.at(x, Math.round(zero + by));
      strictEqual(isInk(side(-3), inks.bid, 200), net > 0, `flow of bar ${i}`);
      strictEqual(isInk(side(2), inks.ask, 200), net < 0, `flow of bar ${i}`);
    }
  },
);

browserTest(
  "ChartView.show() follows the newest bar, or keeps its distance to it once panned",
  async (page) => {
    await openDrawingPage(page, ["islands/lib/chart/chart_view.ts"]);
    const { bars, ...rest } = { ...scriptedModel(6), compare: null };
    const rights = await page.evaluate(async ([rest, bars, width, height]) => {
      const path = "/chart_view.js";
      const { ChartView }: typeof import("./chart_view.ts") = await import(path);
      const view = new ChartView(document.querySelector<HTMLCanvasElement>("#canvas")!);
      const none = new Float64Array(bars.length);
      const columns = { vwap: none, net: none, gross: none };
      const rights: unknown[] = [];
      const show = (count: number) => {
        view.show({ ...rest, ...columns, bars: bars.slice(0, count) });
        rights.push(view.view.right);
      };
      view.resize(width, height);
      show(150);
      show(151);
      rights.push(view.pan(30));
      show(160);
      rights.push(view.pan(-3), view.view.right, view.pan(Infinity), view.view.right);
      view.follow();
      show(170);
      return rights;
    }, [rest, bars, WIDTH, HEIGHT] as const);
    const across = Math.floor((WIDTH - 64) / BAR_PX);
    deepStrictEqual(rights, [149, 150, false, 129, false, 132, true, across - 1, 169]);
  },
);

async function inksOf(page: Page): Promise<Inks> {
  const [bid, ask, spot, forecast] = [
    await inkOf(page, "bid"),
    await inkOf(page, "ask"),
    await inkOf(page, "spot"),
    await inkOf(page, "forecast"),
  ];
  return { bid, ask, spot, forecast };
}
