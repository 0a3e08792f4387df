import { notStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { pane as paneNode, split } from "../islands/lib/workspace/layout.ts";
import { layoutToUrl } from "../islands/lib/workspace/layout_codec.ts";
import { browserTest } from "../jobs/testing/browser.ts";
import { open, pane, settled, withDesk } from "./_served_desk_test.tsx";

const LAYOUT = layoutToUrl(split("row", [40, 60], [
  paneNode("options", "options", "", "blue"),
  split("col", [50, 50], [paneNode("chart"), paneNode("heatmap")]),
]));

/** How many pixels of a canvas are in a system colour. */
async function pixelsIn(canvas: Locator, colour: string): Promise<number> {
  return await canvas.evaluate((element, colour) => {
    const probe = document.createElement("span");
    probe.style.color = colour;
    document.body.append(probe);
    const pen = new OffscreenCanvas(1, 1).getContext("2d")!;
    pen.fillStyle = getComputedStyle(probe).color;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b] = pen.getImageData(0, 0, 1, 1).data;
    probe.remove();
    const { width, height } = element as HTMLCanvasElement;
    const { data } = (element as HTMLCanvasElement).getContext("2d")!
      .getImageData(0, 0, width, height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i] === r && data[i + 1] === g && data[i + 2] === b && data[i + 3] === 255) count++;
    }
    return count;
  }, colour);
}

/** Waits until a canvas has pixels in a system colour. */
async function hasInk(page: Page, canvas: Locator, colour: string): Promise<void> {
  await settled(page, () => pixelsIn(canvas, colour), (count) => count > 20);
}

const outlineOf = (one: Locator) =>
  one.evaluate((element) => getComputedStyle(element).outlineStyle);

browserTest("forced colours keep the lines of canvases and the marks of states", async (page) => {
  await page.emulateMedia({ forcedColors: "active" });
  await withDesk(async (tape, url) => {
    const newest = Math.floor(Date.now() / 60_000) * 60_000;
    for (let i = 59; i >= 0; i--) {
      const ts = newest - i * 60_000;
      const given = { underlying_id: "SPY", interval_ms: 60_000, ts, source_ts: ts };
      await tape.send("equity-candles", 1, given);
    }
    await open(page, `${url}?w=${LAYOUT}`);
    await hasInk(page, pane(page, "chart").locator("canvas"), "CanvasText");
    await hasInk(page, pane(page, "heatmap").locator("canvas.overlay"), "CanvasText");
    // Over the picture, which stays dark, the line of spot stays light.
    await hasInk(page, pane(page, "heatmap").locator("canvas.overlay"), "oklch(0.96 0.02 100)");
    ok(await pixelsIn(pane(page, "chart").locator("canvas"), "LinkText") > 20); // rising bars
    await pane(page, "options").locator(".tape-scroll").focus();
    await page.keyboard.press("ArrowDown");
    const selected = pane(page, "options").locator('[aria-selected="true"]');
    strictEqual(await outlineOf(selected), "solid");
    strictEqual(await outlineOf(page.locator(".rail [aria-current]")), "solid");
    const dot = pane(page, "options").locator(".group-dot");
    notStrictEqual(await dot.evaluate((one) => getComputedStyle(one).borderStyle), "none");
    await page.getByRole("button", { name: "Pause Options tape" }).click();
    const pressed = page.getByRole("button", { name: "Resume Options tape" });
    strictEqual(await outlineOf(pressed), "solid");
  });
});
