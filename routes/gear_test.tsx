import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest } from "../jobs/testing/browser.ts";
import { PATIENCE_MS } from "../jobs/testing/patience.ts";
import { OPERATED, stillMarket } from "../jobs/testing/served_market.ts";

const market = stillMarket(OPERATED);

browserTest("the gear covers no control and no row, at any size", async (page) => {
  page.setDefaultTimeout(PATIENCE_MS);
  const { url } = await market();
  for (const [width, height] of [[1_440, 900], [820, 1_180], [390, 844]] as const) {
    await page.setViewportSize({ width, height });
    await page.goto(url);
    await page.locator("html[data-islands~=Workspace]").waitFor();
    await page.locator(".drawer-gear").waitFor();
    if (width < 860) await page.locator(".tabs").getByRole("button", { name: "Heatmap" }).click();
    await page.locator("[data-pane=heatmap] .replay").waitFor();
    const covered = await page.evaluate(() => {
      const gear = document.querySelector(".drawer-gear")!.getBoundingClientRect();
      const selector = "button:not(.drawer-gear), select, input, summary, a, .tr, .plot, .item";
      return [...document.querySelectorAll(selector)].filter((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect();
        // What its scroller cuts off is not there.
        const shown = one.closest(".tape-scroll, .tickers, .status")?.getBoundingClientRect();
        return one.checkVisibility() && right > left && left < gear.right && right > gear.left &&
          Math.min(bottom, shown?.bottom ?? bottom) > gear.top && top < gear.bottom;
      }).map((one) => one.outerHTML.slice(0, 120));
    });
    deepStrictEqual({ width, covered }, { width, covered: [] });
  }
});

browserTest("evidence covers panes alone, no bar, tab or gear around them", async (page) => {
  page.setDefaultTimeout(PATIENCE_MS);
  const { url } = await market();
  for (const [width, height] of [[1_440, 900], [820, 1_180]] as const) {
    await page.setViewportSize({ width, height });
    await page.goto(`${url}/?welcome`);
    await page.locator(".welcome").waitFor();
    await page.locator("html[data-islands~=Workspace]").waitFor();
    await page.locator("[data-pane=options] .tr:not(.skeleton) .name").first().click();
    await page.locator(".evidence").waitFor();
    strictEqual(await page.locator(".drawer-gear").isVisible(), true);
    deepStrictEqual(await coveredBy(page, ".evidence"), [], `${width}`);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Close the welcome" }).click();
    await page.locator(".drawer-gear").click();
    await page.locator(".drawer").waitFor();
    deepStrictEqual(await coveredBy(page, ".drawer"), [], `${width}`);
  }
});

/** Controls around the panes that something covers. */
function coveredBy(page: Page, selector: string): Promise<string[]> {
  return page.evaluate((selector) => {
    const own = document.querySelector(selector)!.getBoundingClientRect();
    const around =
      ".welcome :is(button, a), .top :is(button, input), .rail > *, .tabs > *, .status";
    return [...document.querySelectorAll(`${around}, .drawer-gear`)].filter((one) => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      return one.checkVisibility() && right > left && right > own.left && left < own.right &&
        bottom > own.top && top < own.bottom;
    }).map((one) => one.outerHTML.slice(0, 120));
  }, selector);
}
