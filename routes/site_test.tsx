import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest } from "../jobs/testing/browser.ts";
import { ServerProcess } from "../jobs/testing/server.ts";

const PAGES = ["/", "/heatmap", "/research", "/realism", "/status", "/docs"];
const SIZES = [[1_440, 900], [820, 1_180], [390, 844]] as const;

/** Serves the terminal without tapes, with a data folder of its own, for as long as `use` runs. */
async function withServer(use: (url: string, data: string) => Promise<void>): Promise<void> {
  const data = await Deno.makeTempDir({ prefix: "lotus-" });
  const server = await ServerProcess.start({
    OPTIONS_INGEST_ADAPTER: "off",
    EQUITIES_INGEST_ADAPTER: "off",
    LOTUS_DATA_DIR: data,
  });
  try {
    await use(server.url, data);
  } finally {
    await server.kill();
    await Deno.remove(data, { recursive: true });
  }
}

/** Addresses of the links to pages that one can see, and the ones marked as the page one is on. */
async function ways(page: Page): Promise<readonly [readonly string[], readonly string[]]> {
  const found = await page.locator("nav a[title]:visible").evaluateAll((links) =>
    links.map((link) =>
      [
        link.getAttribute("href") ?? "",
        link.getAttribute("aria-current") === "page",
        link.textContent ?? "",
      ] as const
    )
  );
  const named = found.filter(([, , name]) => name !== "");
  return [
    named.map(([href]) => href),
    found.filter(([, isCurrent]) => isCurrent).map(([href]) => href),
  ];
}

browserTest(
  "every page leads to every other one and marks itself, on the phone too",
  async (page) => {
    await withServer(async (url) => {
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        for (const path of [...PAGES, "/login", "/nowhere"]) {
          await page.goto(url + path);
          const menu = page.locator(".pages-menu > summary:visible");
          const isNarrow = width <= 860 && ["/", "/heatmap"].includes(path);
          strictEqual(await menu.count(), isNarrow ? 1 : 0, `${path} at ${width}`);
          if (isNarrow) await menu.click();
          const marked = PAGES.includes(path) ? [path] : [];
          deepStrictEqual(await ways(page), [PAGES, marked], `${path} at ${width}`);
          const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          strictEqual(over, 0, `${path} at ${width} scrolls sideways`);
        }
      }
      await page.goto(url);
      await page.waitForFunction(() =>
        document.documentElement.dataset["islands"]?.includes("Workspace")
      );
      const summary = page.locator(".pages-menu > summary");
      await summary.focus();
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.waitForURL(`${url}/heatmap`);
    });
  },
);
