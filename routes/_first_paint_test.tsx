import { deepStrictEqual, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest } from "../jobs/testing/browser.ts";
import { PATIENCE_MS } from "../jobs/testing/patience.ts";
import type { SharedMarket } from "../jobs/testing/served_market.ts";

const SIZES = [[1_440, 900], [1_920, 1_080], [820, 1_180], [390, 844]] as const;
/** Sum of what moves under the reader while the page comes to life. */
const MOST_SHIFT = 0.02;

/** Waits until the page lives and every tape in sight has chosen its columns. */
async function awake(page: Page): Promise<void> {
  await page.locator("html[data-islands~=Workspace]").waitFor();
  await page.locator(".tape").first().waitFor();
  await page.locator(".tape[data-fit]").first().waitFor({ state: "detached" });
}

/** Where panes, their heads, columns and the cells of the first rows stand, px. */
async function places(page: Page): Promise<Readonly<Record<string, readonly number[]>>> {
  return await page.evaluate(() => {
    const found: Record<string, readonly number[]> = {};
    const note = (name: string, one: Element) => {
      if (!one.checkVisibility()) return;
      const { left, top, width } = one.getBoundingClientRect();
      found[name] = [left, top, width].map(Math.round);
    };
    for (const pane of document.querySelectorAll<HTMLElement>(".pane[data-pane-key]")) {
      const key = pane.dataset["paneKey"]!;
      note(key, pane);
      note(`${key} title`, pane.querySelector("h2")!);
      for (const head of pane.querySelectorAll("[role=columnheader]")) {
        note(`${key} ${head.textContent}`, head);
      }
      const rows = [...pane.querySelectorAll(".tr[role=row]")].filter((row) =>
        row.checkVisibility()
      );
      const top = rows.sort((a, b) =>
        a.getBoundingClientRect().top - b.getBoundingClientRect().top
      )[0];
      const cells = [...top?.children ?? []].filter((cell) => cell.checkVisibility());
      cells.forEach((cell, i) => note(`${key} cell ${i}`, cell));
    }
    return found;
  });
}

async function staysPut(page: Page, { url }: SharedMarket): Promise<void> {
  page.setDefaultTimeout(PATIENCE_MS);
  const still = await page.context().browser()!.newContext({ javaScriptEnabled: false });
  const served = await still.newPage();
  try {
    await page.goto(url);
    await page.locator(".tr[data-row]:not([hidden])").nth(4).waitFor(); // the server has rows now
    for (const [width, height] of SIZES) {
      // Both get the same page: a tape whose rows take long is left out of it.
      const response = await page.request.get(url);
      for (const one of [served, page]) {
        await one.route(`${url}/`, (route) => route.fulfill({ response }), { times: 1 });
      }
      await served.setViewportSize({ width, height });
      await served.goto(url);
      const before = await places(served);
      await page.setViewportSize({ width, height });
      await page.goto(url);
      await awake(page);
      const after = await places(page);
      ok("options Contract" in before && "options Time" in before, JSON.stringify(before));
      // A pane may have had no row when the server drew it; what it drew stays.
      const kept = Object.fromEntries(Object.keys(before).map((name) => [name, after[name]]));
      deepStrictEqual({ width, ...kept }, { width, ...before });
    }
  } finally {
    await still.close();
  }
}

async function shiftsLittle(page: Page, { url }: SharedMarket): Promise<void> {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.addInitScript(() => {
    interface Shift extends PerformanceEntry {
      readonly value: number;
      readonly sources: readonly { readonly node: Node | null }[];
    }
    let sum = 0;
    const onShift = (list: PerformanceObserverEntryList) => {
      for (
        const { value, sources } of list.getEntries() as readonly PerformanceEntry[] as Shift[]
      ) {
        // The list of tickers is in the order of what happens: its lines move as data do.
        const isData = sources.every(({ node }) =>
          node instanceof Element && node.closest(".tickers") !== null
        );
        if (!isData) sum += value;
      }
    };
    new PerformanceObserver(onShift).observe({ type: "layout-shift", buffered: true });
    Object.assign(globalThis, { shifted: () => sum });
  });
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    // The fonts come late, after all else: the lines they are in break where they did before.
    const fonts = Promise.withResolvers<void>();
    await page.route("**/fonts/*", async (route) => {
      await fonts.promise;
      await route.continue();
    });
    await page.goto(url, { waitUntil: "commit" });
    await awake(page);
    fonts.resolve();
    await page.evaluate(() => document.fonts.ready);
    if (width > 860) await page.locator("[data-pane=heatmap] .plot").waitFor();
    for (let i = 0; i < 3; i++) {
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
    }
    const shift = await page.evaluate(() =>
      (globalThis as unknown as { shifted(): number }).shifted()
    );
    ok(shift < MOST_SHIFT, `${shift} at ${width}`);
    await page.unroute("**/fonts/*");
  }
}

/** Declares the tests of how the workspace comes to life, over a market whose past is made. */
export function firstPaintTests(market: () => Promise<SharedMarket>): void {
  browserTest(
    "what the server draws stays where it is when the page comes to life",
    async (page) => await staysPut(page, await market()),
  );
  browserTest(
    "the workspace shifts by less than 0.02 while it comes to life",
    async (page) => await shiftsLittle(page, await market()),
  );
}
