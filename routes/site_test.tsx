import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { browserTest } from "../jobs/testing/browser.ts";
import { tapeBytes } from "../jobs/testing/market_files.ts";
import { stillMarket } from "../jobs/testing/served_market.ts";

const PAGES = ["/", "/heatmap", "/surfaces", "/research", "/realism", "/status", "/docs"];
const SIZES = [[1_440, 900], [390, 844]] as const;

const market = stillMarket();

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

/** How much of a page lies beyond its right edge, px. */
function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

browserTest(
  "every page leads to every other one and marks itself, on the phone too",
  async (page) => {
    const { url } = await market();
    // What the server draws, without a script: no market is drawn on sixteen pages.
    const still = await page.context().browser()!.newContext({ javaScriptEnabled: false });
    const served = await still.newPage();
    for (const [width, height] of SIZES) {
      await served.setViewportSize({ width, height });
      for (const path of [...PAGES, "/login", "/nowhere"]) {
        await served.goto(url + path);
        const menu = served.locator(".pages-menu > summary:visible");
        const isNarrow = width <= 860 && ["/", "/heatmap", "/surfaces"].includes(path);
        strictEqual(await menu.count(), isNarrow ? 1 : 0, `${path} at ${width}`);
        if (isNarrow) await menu.click();
        const marked = PAGES.includes(path) ? [path] : [];
        deepStrictEqual(await ways(served), [PAGES, marked], `${path} at ${width}`);
        strictEqual(await sideways(served), 0, `${path} at ${width} scrolls sideways`);
      }
    }
    await still.close();
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(url);
    await page.waitForFunction(() =>
      document.documentElement.dataset["islands"]?.includes("Workspace")
    );
    strictEqual(await sideways(page), 0, "the workspace scrolls sideways");
    const summary = page.locator(".pages-menu > summary");
    await summary.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${url}/heatmap`);
  },
);

async function alive(page: Page, island: string): Promise<void> {
  await page.waitForFunction(
    (name) => document.documentElement.dataset["islands"]?.includes(name),
    island,
  );
}

browserTest(
  "the welcome stays away once it was closed, and comes when it is asked for",
  async (page) => {
    const { url } = await market();
    await page.goto(url);
    await alive(page, "Welcome");
    const strip = page.getByRole("region", { name: "Welcome" });
    match(await strip.textContent() ?? "", /shows what order flow does.*never sends an order/);
    const bottom = await page.locator(".workspace").evaluate((box) =>
      Math.round(box.getBoundingClientRect().bottom - innerHeight)
    );
    strictEqual(bottom, 0, "strip and workspace fill the page and no more");
    await strip.getByRole("button", { name: "Close the welcome" }).press("Enter");
    await strip.waitFor({ state: "hidden" });
    for (const [path, count] of [["/", 0], ["/?welcome", 1]] as const) {
      await page.goto(url + path);
      strictEqual(await page.locator(".welcome").count(), count, path);
    }
  },
);

browserTest(
  "the tour points at what one sees, goes by keys, and Escape gives the focus back",
  async (page) => {
    const { url } = await market();
    await page.emulateMedia({ reducedMotion: "reduce" });
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await page.goto(`${url}/?welcome`);
      await alive(page, "Welcome");
      const scripts = new Set<string>();
      page.on("request", (request) => scripts.add(request.url()));
      const button = page.getByRole("button", { name: "Take the 60 s tour" });
      await button.press("Enter");
      const tour = page.getByRole("dialog");
      await tour.waitFor();
      ok(
        [...scripts].some((script) => /Tour/.test(script)),
        "its script comes when it is wanted",
      );
      const [, last] = /1 of (\d)/.exec(await tour.textContent() ?? "") ?? [];
      const seen = new Set<string>();
      for (let at = 1; at <= Number(last); at++) {
        await tour.getByText(`${at} of ${last}`).waitFor();
        seen.add(await tour.getByRole("heading").textContent() ?? "");
        const [ring, card] = [tour.locator(".tour-ring"), tour.locator(".tour-card")];
        for (const part of [ring, card]) {
          const box = (await part.boundingBox())!;
          ok(box.width > 10 && box.height > 10 && box.x >= 0 && box.y >= 0, `${at} at ${width}`);
          ok(box.x + box.width <= width && box.y + box.height <= height, `${at} at ${width}`);
        }
        strictEqual(await ring.evaluate((it) => getComputedStyle(it).transitionDuration), "0s");
        await page.keyboard.press("ArrowRight");
      }
      deepStrictEqual(seen.size, 6, `${width}`);
      await page.keyboard.press("Escape");
      await tour.waitFor({ state: "detached" });
      strictEqual(await button.evaluate((it) => it === document.activeElement), true);
    }
  },
);

browserTest(
  "a file that is picked or dropped is sent, told why not, or opened in the heatmap",
  async (page) => {
    const { url } = await market();
    await page.goto(url);
    await alive(page, "Welcome");
    const picker = page.locator(".welcome input[type=file]");
    const give = (name: string, buffer: Uint8Array) =>
      picker.setInputFiles({
        name,
        mimeType: "application/octet-stream",
        buffer: Buffer.from(buffer),
      });
    const noise = new TextEncoder().encode("no market file at all");
    await give("notes.txt", noise);
    await page.getByText('"notes.txt" is no .dbn or .dbn.zst file').waitFor();
    await give("noise.dbn", noise);
    await page.locator(".welcome [role=alert]", { hasText: "Cannot read DBN" }).waitFor();
    const bytes = [...tapeBytes({ seconds: 3 })];
    await page.locator(".welcome .file-offer").evaluate((offer, given) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(given)], "my tape.dbn"));
      offer.dispatchEvent(
        new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }),
      );
    }, bytes);
    await page.waitForURL(`${url}/heatmap`);
    await page.locator(".feed-name", { hasText: "my tape.dbn" }).waitFor();
    await page.waitForFunction(() => "__lotus" in globalThis); // its keys are heard by then
    await page.keyboard.press("j");
    const dialog = page.getByRole("dialog", { name: "Feed" });
    await dialog.locator("input[type=file]").setInputFiles({
      name: "second.dbn",
      mimeType: "application/octet-stream",
      buffer: Buffer.from(tapeBytes({ seconds: 2 })),
    });
    await dialog.getByRole("radio", { name: /second\.dbn.*ESH6/ }).waitFor();
  },
);
