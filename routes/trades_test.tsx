import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { App, csp, staticFiles } from "fresh";
import type { Locator, Page } from "playwright-core";
import HeatmapPage from "../islands/Heatmap.tsx";
import Workspace from "../islands/Workspace.tsx";
import { columnX, levelY, type View } from "../islands/lib/canvas/view.ts";
import type { PaneLayout } from "../islands/lib/heatmap/pane_layout.ts";
import { pane } from "../islands/lib/workspace/layout.ts";
import { layoutToUrl } from "../islands/lib/workspace/layout_codec.ts";
import { createBuilder } from "../jobs/build/mod.ts";
import { browserTest } from "../jobs/testing/browser.ts";
import { ScriptedMarket } from "../jobs/testing/scripted_market.ts";
import AppShell from "./_app.tsx";

const root = fileURLToPath(new URL("..", import.meta.url));
const nowhere = fileURLToPath(new URL("../routes/none", import.meta.url));

/** A wait that has not come true by then has failed; most of them take well under a second. */
const WAIT_MS = 30_000;

let built: Promise<<S>(app: App<S>) => void> | null = null;

/** Serves the heatmap's page and the workspace over a scripted market, for as long as `fn` runs. */
async function withPages(market: ScriptedMarket, fn: (origin: string) => Promise<void>) {
  const heartbeat = setInterval(() => market.setFeed({}), 1_000); // as the real server does
  built ??= createBuilder(root, nowhere).build({ snapshot: "memory" });
  const app = new App<unknown>()
    .use(csp({ useNonce: true }))
    .use(staticFiles())
    .appWrapper(AppShell)
    .get("/", (ctx) => ctx.render(<Workspace />))
    .get("/heatmap", (ctx) => ctx.render(<HeatmapPage feed={market.feed} />))
    .get("/v1/pressure/stream", (ctx) => market.accept(ctx.req));
  (await built)(app);
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, app.handler());
  try {
    await fn(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    clearInterval(heartbeat);
    market.disconnect(1_001, "");
    await server.shutdown();
  }
}

interface Geometry {
  readonly view: View;
  readonly layout: PaneLayout;
  readonly last: number;
  readonly newestBin: number;
}

/** Opens the heatmap's page and waits until the newest bin is drawn. */
async function openHeatmap(page: Page, origin: string, market: ScriptedMarket): Promise<Geometry> {
  page.setDefaultTimeout(WAIT_MS);
  await page.setViewportSize({ width: 1_440, height: 900 });
  await page.goto(`${origin}/heatmap`);
  const newest = Math.max(...market.sent.keys());
  const handle = await page.waitForFunction((bin) => {
    const geometry = globalThis.__lotus?.geometry() as Geometry | null | undefined;
    return geometry?.newestBin === bin ? geometry : null;
  }, newest);
  return await handle.jsonValue() as Geometry;
}

/** Waits until an element says something. */
function says(page: Page, selector: string, text: string): Promise<unknown> {
  return page.waitForFunction(
    ([selector, text]) => document.querySelector(selector!)?.textContent?.includes(text!),
    [selector, text],
  );
}

/** Lines of the file that a button saves when it is pressed by the keyboard. */
async function savedByKeys(page: Page, button: Locator): Promise<string[]> {
  const [saved] = await Promise.all([page.waitForEvent("download"), button.press("Enter")]);
  match(saved.suggestedFilename(), /^MNQH6-prints-\d{8}T\d{6}\.\d{3}Z-synthetic\.csv$/);
  return (await Deno.readTextFile(await saved.path())).trimEnd().split("\r\n");
}

/** Texts of the prints in sight, newest first. */
function rows(page: Page): Promise<string[][]> {
  return page.locator(".prints .tape-rows > .tr:not([hidden])").evaluateAll((elements) =>
    elements
      .sort((a, b) =>
        Number(a.getAttribute("aria-rowindex")) - Number(b.getAttribute("aria-rowindex"))
      )
      .map((element) => [...element.children].map((cell) => cell.textContent ?? ""))
  );
}

/** A market of 40 bins; the last but ten trades at two prices, two others a little. */
function tradingMarket(): ScriptedMarket {
  const market = new ScriptedMarket();
  market.sendBins(20);
  market.sendBins(1, { trades: [[5, "B", 2]] });
  market.sendBins(8);
  market.sendBins(1, { trades: [[20, "B", 30], [20, "B", 10], [20, "A", 5], [20, "N", 3]] });
  market.sendBins(9);
  market.sendBins(1, { trades: [[-6, "A", 8], [-7, "A", 100]] });
  return market;
}

browserTest(
  "Heatmap lists under the crosshair what traded there, and counts what is drawn",
  async (page) => {
    const market = tradingMarket();
    await withPages(market, async (origin) => {
      const { view, layout, last } = await openHeatmap(page, origin, market);
      await says(page, ".trade-bar .shown", "158 of 158 contracts");
      const box = (await page.locator(".plot").boundingBox())!;
      const { spotTick } = market.sent.get(29)!;
      await page.mouse.move(
        box.x + columnX(view, layout.dataWidth, last - 10) + 0.5,
        box.y + levelY(view, spotTick + 20) + 2,
      );
      await says(page, "[data-traded-sums]", "bought 40, sold 5, 3 without a side contracts");
      await says(page, "[data-traded-sums]", "in 4 trades, largest 30");
      const line = page.locator("[data-traded-line]:not([hidden])");
      strictEqual(await line.count(), 1);
      const texts = await line.locator("td").allTextContents();
      deepStrictEqual(texts.slice(2), ["40", "5", "3", "4"]);
      ok(texts[0]!.startsWith("09:30:02.9"), `the time of its bin: ${texts[0]}`);
      await page.keyboard.press("u");
      await page.waitForFunction(() =>
        document.querySelector<HTMLElement>("[data-traded]")?.hidden === true
      );
      strictEqual(await page.locator(".trade-bar .least").count(), 0);
    });
  },
);

browserTest(
  "Heatmap's slider leaves small trades out by the keyboard, and keeps its place",
  async (page) => {
    const market = tradingMarket();
    await withPages(market, async (origin) => {
      await openHeatmap(page, origin, market);
      const slider = page.getByRole("slider", { name: "Least size of a trade mark" });
      await slider.focus();
      for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
      strictEqual(await slider.getAttribute("aria-valuetext"), "10 contracts and more");
      await says(page, ".trade-bar .shown", "148 of 158 contracts");
      await page.reload();
      await says(page, ".trade-bar .shown", "148 of 158 contracts");
      await page.keyboard.press("u");
      await page.waitForFunction(() =>
        document.querySelector(".trade-bar button")?.getAttribute("aria-pressed") === "false"
      );
      await page.reload();
      await page.waitForFunction(() =>
        document.querySelector(".trade-bar button")?.getAttribute("aria-pressed") === "false"
      );
    });
  },
);

browserTest(
  "Time and sales shows every print, filters by chips with counts, and sums the delta",
  async (page) => {
    const market = tradingMarket();
    await withPages(market, async (origin) => {
      await openHeatmap(page, origin, market);
      await page.keyboard.press("d");
      await says(page, ".prints .shown", "7 of 7 shown");
      await says(page, ".prints-of", "SYNTHETIC · MNQH6");
      await says(page, "[data-delta]", "\u221271 contracts"); // 42 bought, 113 sold
      const all = await rows(page);
      deepStrictEqual(all.map(([, , size, side]) => `${size} ${side}`), [
        "100 ◆ sold",
        "8 ◆ sold",
        "3 □ no side",
        "5 ◆ sold",
        "10 ● bought",
        "30 ● bought",
        "2 ● bought",
      ]);
      const { spotTick } = market.sent.get(39)!;
      strictEqual(all[0]![1]!.replaceAll("\u2009", ""), ((spotTick - 7) / 4).toFixed(2));
      strictEqual(all[1]![0], "09:30:03.900");
      await page.getByRole("button", { name: "sold", exact: false }).click();
      await says(page, ".prints .shown", "4 of 7 shown");
      await page.getByRole("button", { name: "≥ 10 " }).first().click();
      await says(page, ".prints .shown", "2 of 7 shown");
      deepStrictEqual((await rows(page)).map(([, , size]) => size), ["10", "30"]);
      await says(page, "[data-delta]", "\u221271 contracts");
      await page.getByRole("button", { name: "Clear" }).click();
      market.sendBins(1, { trades: [[0, "B", 71]] });
      await says(page, ".prints .shown", "8 of 8 shown");
      await says(page, "[data-delta]", "0 contracts");
      market.sendBins(1, { skip: 30, trades: [[0, "B", 1]] });
      await says(page, ".prints .tape-rows", "No prints of 3.0 s: bins are missing");
      await says(page, "[data-delta]", "+1 contracts");
      const lines = await savedByKeys(page, page.getByRole("button", { name: "Save CSV" }));
      strictEqual(lines.length, 1 + 9 + 1, "head, prints and the gap");
      match(lines[1]!, /^2026-\d\d-\d\d [\d:.]+,\d+,[\d.]+,1,bought,,SYNTHETIC · MNQH6 · 2026-/);
      match(lines[2]!, /,No prints of 3\.0 s: bins are missing,SYNTHETIC/);
    });
  },
);

browserTest(
  "Time and sales stand in the workspace, keep their filter in the layout, and hold when scrolled",
  async (page) => {
    const market = tradingMarket();
    for (let i = 0; i < 60; i++) {
      market.sendBins(1, { trades: [[0, i % 2 === 0 ? "B" : "A", 1 + i]] });
    }
    await withPages(market, async (origin) => {
      page.setDefaultTimeout(WAIT_MS);
      await page.setViewportSize({ width: 900, height: 500 });
      const layout = layoutToUrl(pane("prints", "prints", "min=5"));
      await page.goto(`${origin}/?w=${layout}`);
      await says(page, ".prints .shown", "61 of 67 shown");
      await says(page, "[data-pane=prints] .pane-stamp", "SYNTHETIC · MNQH6");
      await page.getByLabel("More of Time and sales").press("Enter");
      const lines = await savedByKeys(page, page.getByRole("button", { name: "Save CSV" }));
      strictEqual(lines.length, 1 + 61, "what passes the filter");
      await page.locator(".prints .tape-scroll").evaluate((box) => box.scrollTop = 480);
      await page.locator(".prints .jump").waitFor();
      const [first] = await rows(page);
      market.sendBins(3, { trades: [[1, "B", 50]] });
      await says(page, ".prints .jump", "3 new");
      deepStrictEqual((await rows(page))[0], first, "the rows in sight stay");
      await page.locator(".prints .jump").click();
      await page.waitForFunction(() => document.querySelector(".prints .jump") === null);
      strictEqual((await rows(page))[0]?.[2], "50");
    });
  },
);
