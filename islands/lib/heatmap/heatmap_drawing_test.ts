import { ok, strictEqual } from "node:assert/strict";
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
import { ScriptedMarket } from "../../../jobs/testing/scripted_market.ts";
import { columnX, levelY } from "../canvas/view.ts";
import { DRAWN_HEATMAP, type Geometry, type Quotes } from "./testing/drawn_heatmap.ts";
import { PLANE } from "./planes.ts";

const RADIUS = 40;
const COLUMNS = 300;

interface Script {
  /** Quotes so far apart that their lines cannot be taken for spot's. */
  readonly columns: readonly Quotes[];
  /** Resting depth of the last column, one value a row from the lowest on. */
  readonly depth: readonly number[];
}

interface Drawn extends Geometry {
  readonly overlay: Picture;
}

function scriptOf(seed: number): Script {
  let state = seed;
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  let spotTick = 85_000;
  const columns = Array.from({ length: COLUMNS }, () => {
    if (next() < 0.15) spotTick += next() < 0.5 ? 1 : -1;
    return { spotTick, bidTick: spotTick - 3, askTick: spotTick + 4 };
  });
  const depth = Array.from(
    { length: 2 * RADIUS + 1 },
    () => next() < 0.1 ? 0 : 1 + Math.floor(900 * next() ** 2),
  );
  return { columns, depth };
}

async function drawn(page: Page, script: Script, dpr: number): Promise<Drawn> {
  const config = JSON.stringify(new ScriptedMarket({ radius: RADIUS }).config());
  const geometry = await page.evaluate(async ([config, script, dpr, plane]) => {
    const load = (path: string) => import(path);
    const kit: typeof import("./testing/drawn_heatmap.ts") = await load("/drawn_heatmap.js");
    const history = kit.historyOf(config);
    const { store } = history;
    script.columns.forEach((quotes, bin) => {
      const slot = kit.pushColumn(history, bin, quotes);
      store.cells.set(script.depth, store.offset(slot, plane));
    });
    const look = { quantity: "depth", palette: "tide", clip: 1_000 } as const;
    return kit.geometryOf(kit.drawHeatmap(history, look, dpr), history);
  }, [config, script, dpr, PLANE.REST_DEPTH] as const);
  return { ...geometry, overlay: await pictureOf(page, "#overlay") };
}

/** Share of the columns in whose middle a row's middle has an ink. */
function shareOf(
  { overlay, view, layout, first }: Drawn,
  columns: readonly Quotes[],
  tickOf: (quotes: Quotes) => number,
  ink: Rgba,
): number {
  let seen = 0;
  let all = 0;
  for (let i = COLUMNS - 1; i >= 0; i--) {
    const x = columnX(view, layout.dataWidth, first + i) + Math.floor(view.columnPx / 2);
    if (x < 0) break;
    const y = levelY(view, tickOf(columns[i]!)) + Math.floor(view.rowPx / 2);
    const isSeen = [-1, 0, 1].some((dy) => isInk(overlay.at(x, y + dy), ink));
    if (isSeen) seen++;
    all++;
  }
  ok(all > 150, `${all} columns`);
  return seen / all;
}

browserTest(
  "Heatmap draws the bid's line along the bid, the ask's along the ask, spot between",
  async (page) => {
    await openDrawingPage(page, [DRAWN_HEATMAP]);
    const [bid, ask, spot] = [
      await inkOf(page, "bid"),
      await inkOf(page, "ask"),
      await inkOf(page, "spot"),
    ];
    for (const [seed, dpr] of [[1, 1], [2, 2]] as const) {
      const script = scriptOf(seed);
      const picture = await drawn(page, script, dpr);
      const share = (tickOf: (quotes: Quotes) => number, ink: Rgba) =>
        shareOf(picture, script.columns, tickOf, ink);
      // Dashes and dots leave holes, and a step of one line is no part of another.
      ok(share((own) => own.bidTick, bid) > 0.5, "no bid line along the bid");
      ok(share((own) => own.askTick, ask) > 0.3, "no ask line along the ask");
      // A line of one and a half pixels may have no pixel of its own.
      if (dpr > 1) ok(share((own) => own.spotTick, spot) > 0.95, "no spot line along spot");
      strictEqual(share((own) => own.askTick, bid), 0, "the bid's colour along the ask");
      strictEqual(share((own) => own.bidTick, ask), 0, "the ask's colour along the bid");
    }
  },
);

browserTest(
  "Heatmap draws depth at its prices, bids from the bid down and asks above it",
  async (page) => {
    await openDrawingPage(page, [DRAWN_HEATMAP]);
    const [bid, ask] = [await inkOf(page, "bid"), await inkOf(page, "ask")];
    for (const [seed, dpr] of [[3, 1], [4, 2]] as const) {
      const script = scriptOf(seed);
      const { overlay, view, layout } = await drawn(page, script, dpr);
      const { spotTick, bidTick } = script.columns.at(-1)!;
      const lengths = script.depth.map((depth, row) => {
        const tick = spotTick - RADIUS + row;
        const [own, other] = tick <= bidTick ? [bid, ask] : [ask, bid];
        const y = levelY(view, tick) + Math.floor(view.rowPx / 2);
        let length = 0;
        for (let x = layout.depthX + 2 * dpr; x < layout.gutterX; x++) {
          const pixel = overlay.at(x, y);
          ok(!isInk(pixel, other), `the other side's colour at tick ${tick} beside bid ${bidTick}`);
          if (isInk(pixel, own)) length++;
        }
        strictEqual(length > 0, depth > 0, `depth ${depth} at tick ${tick}`);
        return { depth, length };
      });
      const longest = lengths.toSorted((a, b) => a.depth - b.depth);
      for (let i = 1; i < longest.length; i++) {
        ok(longest[i]!.length >= longest[i - 1]!.length, "less depth has the longer bar");
      }
      ok(
        longest.at(-1)!.length >
          4 * Math.max(1, longest.find(({ depth }) => depth > 0)!.length) / 3,
      );
    }
  },
);
