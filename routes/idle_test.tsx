import { ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest } from "../jobs/testing/browser.ts";
import { stillMarket } from "../jobs/testing/served_market.ts";
import { pane, split } from "../islands/lib/workspace/layout.ts";
import { layoutToUrl } from "../islands/lib/workspace/layout_codec.ts";

/** How long a page is looked at, ms, and how often until it has come to rest. */
const WINDOW_MS = 3_000;
const MOST_WINDOWS = 10;

/** What a page may do in a second while nothing on it changes but ages and the clock. */
const MOST = { frames: 5, layouts: 8, styles: 8 };

/** Panes of rows: a heatmap would draw its bins, ten times a second. */
const ROWS = split("row", [30, 70], [
  pane("rail"),
  split("col", [40, 30, 30], [pane("options"), pane("smart"), pane("alerts")]),
]);

const market = stillMarket();

/** Counts the animation frames that a page asks for, from its first script on. */
async function countFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const ask = requestAnimationFrame.bind(globalThis);
    Object.assign(globalThis, {
      framesAsked: 0,
      requestAnimationFrame: (callback: FrameRequestCallback) => {
        Reflect.set(globalThis, "framesAsked", Reflect.get(globalThis, "framesAsked") + 1);
        return ask(callback);
      },
    });
  });
}

type Counts = typeof MOST;

/** Looks at a page until it does little in a second, or for long. Returns what it did a second in the last look. */
async function atRest(page: Page): Promise<Counts> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  const look = async () => {
    const { metrics } = await cdp.send("Performance.getMetrics");
    const of = (name: string) => metrics.find((one) => one.name === name)?.value ?? NaN;
    return {
      atMs: 1_000 * of("Timestamp"),
      frames: await page.evaluate(() => Number(Reflect.get(globalThis, "framesAsked"))),
      layouts: of("LayoutCount"),
      styles: of("RecalcStyleCount"),
    };
  };
  let found: Counts = MOST;
  for (let i = 0; i < MOST_WINDOWS; i++) {
    const before = await look();
    await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), WINDOW_MS);
    const after = await look();
    const perSecond = (name: keyof Counts) =>
      (after[name] - before[name]) * 1_000 / (after.atMs - before.atMs);
    found = {
      frames: perSecond("frames"),
      layouts: perSecond("layouts"),
      styles: perSecond("styles"),
    };
    if (isLittle(found)) break;
  }
  return found;
}

function isLittle(counts: Counts): boolean {
  return counts.frames <= MOST.frames && counts.layouts <= MOST.layouts &&
    counts.styles <= MOST.styles;
}

browserTest("a workspace over a market that stands still draws next to nothing", async (page) => {
  const { url } = await market();
  await countFrames(page);
  await page.setViewportSize({ width: 1_440, height: 900 });
  await page.goto(`${url}/?w=${layoutToUrl(ROWS)}`);
  await page.locator('[data-pane="alerts"] [role="row"]:not(.skeleton)').nth(3).waitFor();
  const found = await atRest(page);

  ok(isLittle(found), JSON.stringify(found));
});

browserTest("a heatmap of a feed that stands still draws next to nothing", async (page) => {
  const { url } = await market();
  await countFrames(page);
  await page.setViewportSize({ width: 1_440, height: 900 });
  await page.goto(`${url}/heatmap`);
  await page.locator('.health[data-kind="live"]').waitFor();
  await page.locator(".plot").focus();
  await page.keyboard.press("Space");
  await page.locator('.health[data-kind="paused"]').waitFor();
  const found = await atRest(page);

  ok(isLittle(found), JSON.stringify(found));
});
