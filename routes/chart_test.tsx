import { notStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { pane as paneNode } from "../islands/lib/workspace/layout.ts";
import { layoutToUrl } from "../islands/lib/workspace/layout_codec.ts";
import { browserTest } from "../jobs/testing/browser.ts";
import type { LiveTape } from "../jobs/testing/live_tape.ts";
import { PATIENCE_MS } from "../jobs/testing/patience.ts";
import { pane, withDesk } from "./_served_desk_test.tsx";

const CHART = layoutToUrl(paneNode("chart"));
const CANDLES = 240;

/** Opens a chart of SPY with a candle for every minute of the last hours. */
async function openChart(page: Page, url: string, tape: LiveTape): Promise<void> {
  const newest = Math.floor(Date.now() / 60_000) * 60_000;
  for (let i = CANDLES - 1; i >= 0; i--) {
    const ts = newest - i * 60_000;
    const given = { underlying_id: "SPY", interval_ms: 60_000, ts, source_ts: ts };
    await tape.send("equity-candles", 1, given);
  }
  page.setDefaultTimeout(PATIENCE_MS);
  await page.setViewportSize({ width: 1_440, height: 900 });
  await page.goto(`${url}?w=${CHART}`);
  await pane(page, "chart").locator(".chart-readout").waitFor();
}

/** Time of the bar under a point of the chart, which the pointer is moved to. */
async function timeAt(page: Page, x: number, y: number): Promise<string> {
  await page.mouse.move(x, y + 1);
  await page.mouse.move(x, y);
  await page.evaluate(() => new Promise(requestAnimationFrame));
  return (await pane(page, "chart").locator(".chart-readout > span").first().textContent())!;
}

browserTest(
  "the plain wheel zooms a chart around the pointer, as it does the heatmap",
  async (page) => {
    await withDesk(async (tape, url) => {
      await openChart(page, url, tape);
      const box = (await pane(page, "chart").locator("canvas").boundingBox())!;
      const [left, y] = [box.x + 60, box.y + 200];
      const right = box.x + box.width - 80;
      const [early, late] = [await timeAt(page, left, y), await timeAt(page, right, y)];
      // At the newest bar that one stays at the edge.
      await page.mouse.wheel(0, -240);
      const closer = await timeAt(page, left, y);
      ok(closer > early, `${closer} is no closer than ${early}`);
      ok(await timeAt(page, right, y) >= late);
      await page.mouse.dblclick(left, y);
      strictEqual(await timeAt(page, left, y), early);
      // Away from it the bar under the pointer stays where it is.
      await pane(page, "chart").locator(".chart").focus();
      for (let i = 0; i < 4; i++) await page.keyboard.press("Shift+ArrowLeft");
      const middle = box.x + box.width / 2;
      const under = await timeAt(page, middle, y);
      await page.mouse.wheel(0, -80);
      strictEqual(await timeAt(page, middle, y), under);
      notStrictEqual(await timeAt(page, left, y), early);
    });
  },
);

browserTest("the chosen buttons of a chart look chosen", async (page) => {
  await withDesk(async (tape, url) => {
    await openChart(page, url, tape);
    await page.getByRole("button", { name: "Filter Chart" }).click();
    const tools = pane(page, "chart").locator(".chart-tools");
    const look = (name: string) =>
      tools.getByRole("button", { name, exact: true }).evaluate((one) => {
        const { backgroundColor, fontWeight, borderColor } = getComputedStyle(one);
        return `${backgroundColor} ${fontWeight} ${borderColor}`;
      });
    const [chosen, other] = [await look("Candles"), await look("Heikin Ashi")];
    notStrictEqual(chosen, other);
    await tools.getByRole("button", { name: "Heikin Ashi" }).click();
    await tools.getByRole("button", { name: "Heikin Ashi", pressed: true }).waitFor();
    strictEqual(await look("Heikin Ashi"), chosen);
    strictEqual(await look("Candles"), other);
    strictEqual(await tools.locator('[aria-pressed="true"]').count(), 3);
  });
});
