import { deepStrictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest } from "../jobs/testing/browser.ts";
import { PATIENCE_MS } from "../jobs/testing/patience.ts";
import { minutesOfTape, OPERATED, sharedMarket } from "../jobs/testing/served_market.ts";

const PAGES = ["/", "/heatmap", "/research", "/realism", "/status", "/docs", "/login", "/nowhere"];

const market = sharedMarket({ ...OPERATED, ...minutesOfTape(2) });

/** Numbers what the keyboard should reach, in the order of the document. Returns what it is called. */
async function numberControls(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => {
    const SELECTOR = "a[href], button, input:not([type=hidden]), select, summary, [tabindex]";
    const controls = [...document.querySelectorAll<HTMLElement>(SELECTOR)].filter((one) => {
      const isOff = one.matches(":disabled") || one.tabIndex < 0;
      return !isOff && one.checkVisibility({ visibilityProperty: true });
    });
    for (const [i, one] of controls.entries()) one.dataset["walk"] = `${i}`;
    return controls.map((one) =>
      `${one.tagName.toLowerCase()} ${
        one.getAttribute("aria-label") ?? one.textContent.slice(0, 40)
      }`
    );
  });
}

/** What has the focus now: its number, null outside of all, and whether one sees that it has it. */
async function focusNow(page: Page) {
  return await page.evaluate(() => {
    const one = document.activeElement;
    if (!(one instanceof HTMLElement) || one === document.body) return null;
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    const { width, height } = one.getBoundingClientRect();
    return {
      walk: one.dataset["walk"] ?? null,
      isSeen: outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0 && width * height > 0,
      is: one.outerHTML.slice(0, 120),
    };
  });
}

/** Goes through a page by Tab until it comes to its end or back to its start. */
async function walk(page: Page, limit: number) {
  const reached = new Set<number>();
  const unseen: string[] = [];
  for (let i = 0; i < limit; i++) {
    await page.keyboard.press("Tab");
    const now = await focusNow(page);
    if (now === null) break;
    const number = Number(now.walk);
    if (now.walk === null) continue; // came after the counting
    if (reached.has(number)) break;
    reached.add(number);
    if (!now.isSeen) unseen.push(now.is);
  }
  return { reached, unseen };
}

browserTest("Tab leads to every control of every page, and shows where it is", async (page) => {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.setViewportSize({ width: 1_440, height: 900 });
  const { url } = await market();
  for (const path of PAGES) {
    await page.goto(url + path);
    if (path === "/") {
      await page.locator("html[data-islands~=Workspace]").waitFor();
      await page.locator(".ticker").first().waitFor();
      await page.locator(".pane[data-pane=heatmap] .plot").waitFor();
      await page.keyboard.press(" "); // the list of tickers would change its order under the walk
    }
    const names = await numberControls(page);
    const { reached, unseen } = await walk(page, names.length + 40);
    const missed = names.filter((_, i) => !reached.has(i));
    deepStrictEqual({ path, missed, unseen }, { path, missed: [], unseen: [] });
  }
});
