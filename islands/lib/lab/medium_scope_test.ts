import { deepStrictEqual, match, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { Locator, Page } from "playwright-core";
import { graveFindings } from "../../../jobs/testing/axe.ts";
import { browserTest } from "../../../jobs/testing/browser.ts";
import { openDrawingPage } from "../../../jobs/testing/drawing_page.ts";
import { MediumSampler } from "./medium_sampler.ts";
import { drawnSnapshot } from "./testing/drawn_scope.ts";
import { MOUNTED_SCOPE } from "./testing/mounted_scope.tsx";

const CSS = fileURLToPath(new URL("../../../static/css/lab.css", import.meta.url));
const SNAPSHOT = drawnSnapshot();

type Kit = typeof import("./testing/mounted_scope.tsx");

/** A scope on a page of its own. */
async function openScope(page: Page): Promise<Locator> {
  await openDrawingPage(page, [MOUNTED_SCOPE]);
  await page.addStyleTag({ content: await Deno.readTextFile(CSS) });
  await page.evaluate(async () => {
    const load = (path: string) => import(path);
    const kit: Kit = await load("/mounted_scope.js");
    document.title = "Scope";
    document.querySelector("#canvas")?.remove();
    document.documentElement.lang = "en";
    Object.assign(globalThis, { shown: kit.mountScope() });
  });
  const root = page.getByTestId("medium-scope");
  await page.waitForSelector("[data-list-hash]");
  return root;
}

/** Waits until a fact of the scope is so. */
async function becomes(page: Page, name: string, value: string): Promise<void> {
  await page.waitForSelector(`[data-testid=medium-scope][data-${name}="${value}"]`, {
    state: "attached",
  });
}

function factOf(root: Locator, name: string): Promise<string | null> {
  return root.getAttribute(`data-${name}`);
}

browserTest("MediumScope reads under the pointer what the engine samples there", async (page) => {
  const root = await openScope(page);
  const box = (await page.locator(".scope-plot").boundingBox())!;
  const half = (box.width - 128) / 2;
  await page.mouse.move(box.x + 56 + half + 117, box.y + 90);
  await page.waitForFunction(() =>
    document.querySelector<HTMLElement>("[data-crosshair-x]")?.dataset["crosshairX"] !== ""
  );
  const x = Number(await factOf(root, "crosshair-x"));
  ok(Math.abs(x - (117 * 50) / half) < 1e-9, `${x}`);
  const { U, O, C, G, force } = new MediumSampler(SNAPSHOT).at(x);
  const shown = (await factOf(root, "crosshair-values"))!.split(",").map(Number);
  [U, O, C, G, force].forEach((value, i) => ok(Math.abs(shown[i]! - value) <= 1e-6, `${i}`));
  const readout = await page.locator(".scope-readout").innerText();
  ok(readout.includes(U.toFixed(3).replace("-", "−")), readout);
  await page.mouse.move(box.x + 20, box.y + 90);
  await becomes(page, "crosshair-x", "");
});

browserTest(
  "MediumScope zooms about the spot by keys, wheel and buttons, 1 to 64",
  async (page) => {
    const root = await openScope(page);
    await page.locator(".scope-plot").focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press("+");
    await becomes(page, "zoom", "16");
    await page.keyboard.press("0");
    await becomes(page, "zoom", "8");
    const box = (await page.locator(".scope-plot").boundingBox())!;
    await page.mouse.move(box.x + 100, box.y + 90);
    await page.mouse.wheel(0, 160);
    await page.waitForFunction(() =>
      Number(document.querySelector<HTMLElement>("[data-zoom]")?.dataset["zoom"]) < 6
    );
    const zoom = Number(await factOf(root, "zoom"));
    ok(Math.abs(zoom - 8 / Math.SQRT2) < 1e-9, `${zoom}`);
    for (let i = 0; i < 12; i++) await page.getByRole("button", { name: "Zoom out" }).click();
    await becomes(page, "zoom", "1");
    await becomes(page, "xvis", "400");
  },
);

browserTest(
  "MediumScope goes from wall to wall and by buckets with keys, and says where",
  async (page) => {
    const root = await openScope(page);
    await page.locator(".scope-plot").focus();
    await page.keyboard.press("n");
    await becomes(page, "gate-hl", "3");
    strictEqual(await factOf(root, "crosshair-x"), "24");
    match(await page.getByRole("status").innerText(), /^\+24\.0 ticks: .* Inside wall 3/);
    await page.keyboard.press("b");
    await becomes(page, "gate-hl", "g3");
    await page.keyboard.press("]");
    await becomes(page, "crosshair-x", "-29");
    await page.keyboard.press("[");
    await becomes(page, "crosshair-x", "-31");
    for (let i = 0; i < 4; i++) await page.keyboard.press("+");
    await becomes(page, "crosshair-x", "-25");
    await page.keyboard.press("b");
    await page.keyboard.press("0");
    await becomes(page, "zoom", "8");
    strictEqual(await factOf(root, "crosshair-x"), "-25", "a wall out of sight is not gone to");
    await page.keyboard.press("Escape");
    await becomes(page, "crosshair-x", "");
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press("n");
    await page.locator(".scope-plot").focus();
    await page.keyboard.press("+");
    await page.waitForFunction(() =>
      document.querySelector<HTMLElement>("[data-zoom]")?.dataset["zoom"] !== "8"
    );
    strictEqual(
      await factOf(root, "crosshair-x"),
      "",
      "a key without the focus is not the scope's",
    );
  },
);

browserTest("MediumScope opens a table that says what its attributes say", async (page) => {
  const root = await openScope(page);
  await page.locator(".scope-plot").focus();
  await page.keyboard.press("t");
  const tables = page.locator(".scope-tables table");
  await tables.first().waitFor();
  deepStrictEqual(await tables.locator("caption").allInnerTexts(), [
    "Medium",
    "Walls",
    "Forecast, ticks from the spot",
    "Last resolved, ticks, origin 14:03:21.500",
    "Weights",
  ]);
  const cellsOf = async (table: number, row: number) =>
    (await tables.nth(table).locator("tbody tr").nth(row).locator("th, td").allInnerTexts())
      .map((text) => text.replace("−", "-"));
  const numbers = (await factOf(root, "forecast"))!.split(",").map(Number);
  for (const [i, x] of numbers.entries()) {
    strictEqual(Number((await cellsOf(2, i))[1]), x);
  }
  const errors = (await factOf(root, "errors"))!.split(",").map(Number);
  for (const [i, error] of errors.entries()) {
    ok(Math.abs(Number((await cellsOf(3, i))[3]) - error) <= 0.005);
  }
  const { U, force } = new MediumSampler(SNAPSHOT).at(-40);
  const [place, ...medium] = await cellsOf(0, 0);
  deepStrictEqual([place, Number(medium[0]), Number(medium[4])], [
    "-40",
    Number(U.toFixed(3)),
    Number(force.toFixed(3)),
  ]);
  deepStrictEqual(await graveFindings(page), []);
  await page.keyboard.press("Escape");
  await tables.first().waitFor({ state: "detached" });
});

/** Shows the tick after, with the first wall at a strength. */
async function wallGrowsTo(page: Page, S: number): Promise<void> {
  await page.evaluate((S) => {
    const { shown } = globalThis as unknown as { shown: ReturnType<Kit["mountScope"]> };
    const before = shown.value;
    const [first, ...rest] = before.walls;
    shown.value = { ...before, tick: before.tick! + 1, walls: [{ ...first!, S }, ...rest] };
  }, S);
}

browserTest("MediumScope shows a new tick, eases its meters, then sleeps", async (page) => {
  const root = await openScope(page);
  const before = await factOf(root, "list-hash");
  await wallGrowsTo(page, 9);
  await becomes(page, "tick", `${SNAPSHOT.tick! + 1}`);
  notStrictEqual(await factOf(root, "list-hash"), before);
  const framesIn = async (ms: number) => {
    const begun = Number(await factOf(root, "frame-seq"));
    await page.evaluate(async (ms) => {
      const end = performance.now() + ms;
      while (performance.now() < end) await new Promise(requestAnimationFrame);
    }, ms);
    return Number(await factOf(root, "frame-seq")) - begun;
  };
  ok(await framesIn(700) > 4, "it moves");
  strictEqual(await framesIn(300), 0, "it sleeps");
});

browserTest("MediumScope moves nothing where the reader wants no motion", async (page) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const root = await openScope(page);
  strictEqual(await factOf(root, "reduced-motion"), "true");
  const frames = Number(await factOf(root, "frame-seq"));
  await wallGrowsTo(page, 9);
  await becomes(page, "tick", `${SNAPSHOT.tick! + 1}`);
  await page.evaluate(async () => {
    for (let i = 0; i < 20; i++) await new Promise(requestAnimationFrame);
  });
  strictEqual(Number(await factOf(root, "frame-seq")), frames + 1);
});
