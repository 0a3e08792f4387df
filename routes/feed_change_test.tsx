import { match, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { browserTest } from "../jobs/testing/browser.ts";
import { tapeBytes, withTempDir } from "../jobs/testing/market_files.ts";
import { PATIENCE_MS } from "../jobs/testing/patience.ts";
import { minutesOfTape } from "../jobs/testing/served_market.ts";
import { ServerProcess } from "../jobs/testing/server.ts";

const FILE = "a_day.dbn";

/** Runs `fn` with a terminal on the embedded market that has a recording of another day on offer. */
async function withRecording(fn: (url: string) => Promise<void>): Promise<void> {
  await withTempDir(async (data) => {
    await Deno.mkdir(join(data, "feeds"));
    await Deno.writeFile(join(data, "feeds", FILE), tapeBytes({ seconds: 60 }));
    const server = await ServerProcess.start({
      LOTUS_DATA_DIR: data,
      // The panes belong to a tape; that of one side takes a quarter of the work.
      OPTIONS_INGEST_ADAPTER: "off",
      ...minutesOfTape(0),
    });
    try {
      await fn(server.url);
    } finally {
      await server.kill();
    }
  });
}

/** Chooses the recording for everybody, as an operator's page does. */
async function choose(url: string): Promise<void> {
  const asked = await fetch(`${url}/v1/feed`);
  await asked.body?.cancel();
  const response = await fetch(`${url}/v1/feed`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-csrf-token": asked.headers.get("x-csrf-token") ?? "",
      cookie: asked.headers.getSetCookie().map((one) => one.split(";", 1)[0]).join("; "),
      origin: url,
    },
    body: JSON.stringify({ op: "open", feed: { kind: "replay", file: FILE } }),
  });
  strictEqual(response.status, 200, await response.text());
}

const stampOf = (page: Page, pane: string) => page.locator(`[data-pane="${pane}"] .pane-stamp`);

/** Controls of the heatmap's page that the news cover at some size; empty when there are none. */
async function underNews(page: Page): Promise<string> {
  let found = "";
  for (const [width, height] of [[1_440, 900], [820, 1_180], [390, 844]] as const) {
    await page.setViewportSize({ width, height });
    found += await page.evaluate(() => {
      const news = document.querySelector(".news")!.getBoundingClientRect();
      const controls = ".replay :is(button, input, select), .tabs > *, .status > *";
      return [...document.querySelectorAll(controls)].filter((one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect();
        return one.checkVisibility() && right > left && right > news.left && left < news.right &&
          bottom > news.top && top < news.bottom;
      }).map((one) => one.outerHTML.slice(0, 80)).join("\n");
    });
  }
  return found;
}

browserTest(
  "a feed that somebody changes is announced in every tab, and panes of two markets say so",
  async (page) => {
    page.setDefaultTimeout(PATIENCE_MS);
    await withRecording(async (url) => {
      const heatmap = await page.context().newPage();
      heatmap.setDefaultTimeout(PATIENCE_MS);
      await heatmap.goto(`${url}/heatmap`);
      await heatmap.locator('.marks .stamp[data-kind="SYNTHETIC"]').waitFor();
      await page.goto(url);
      const stamp = /^SYNTHETIC · all symbols · \d{4}-\d{2}-\d{2} · embedded market$/;
      await stampOf(page, "options").filter({ hasText: "embedded market" }).waitFor();
      match(await stampOf(page, "options").textContent() ?? "", stamp);
      await stampOf(page, "heatmap").filter({ hasText: /SYNTHETIC · E\w+ ·/ }).waitFor();
      strictEqual(await page.locator(".pane-stamp .mixed").count(), 0);
      strictEqual(await page.locator(".news:visible").count(), 0);
      await choose(url);
      const news = /Feed changed to \w+ · 2026-03-10 · synthetic replay · a_day\.dbn/;
      for (const tab of [page, heatmap]) await tab.locator(".news", { hasText: news }).waitFor();
      await heatmap.locator('.marks .stamp[data-kind="SYNTHETIC REPLAY"]').waitFor();
      await stampOf(page, "heatmap").filter({
        hasText: /^SYNTHETIC REPLAY · \w+ · 2026-03-10 · a_day/,
      })
        .waitFor();
      for (const pane of ["options", "chart", "heatmap"]) {
        await stampOf(page, pane).locator(".mixed").waitFor();
      }
      match(await stampOf(page, "options").textContent() ?? "", /^SYNTHETIC/);
      strictEqual(await underNews(heatmap), "", "no control lies under the news");
      await page.locator(".news").getByRole("button", { name: "Close" }).click();
      await page.locator(".news").waitFor({ state: "hidden" });
    });
  },
);
