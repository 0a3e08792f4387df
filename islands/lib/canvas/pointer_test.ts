import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest } from "../../../jobs/testing/browser.ts";
import { openDrawingPage } from "../../../jobs/testing/drawing_page.ts";
import type { Point } from "./pointer.ts";

/** What a picture was told, in order. */
type Told =
  | readonly ["pan", columns: number, levels: number]
  | readonly ["zoom", timeSteps: number, levelSteps: number]
  | readonly ["point", x: number | null, y: number | null]
  | readonly ["reset"];

const COLUMN_PX = 7;
const ROW_PX = 9;
/** Travel of a tap, in pixels of the picture. */
const TAP_PX = 12;

/** A page with a picture of two pixels per CSS pixel that notes what its pointer and wheel do. */
async function openPicture(page: Page): Promise<() => Promise<readonly Told[]>> {
  await openDrawingPage(page, ["islands/lib/canvas/mod.ts"]);
  await page.evaluate(async ([columnPx, rowPx]) => {
    const path = "/mod.js";
    const kit: typeof import("./mod.ts") = await import(path);
    const told: Told[] = [];
    const target = {
      dpr: 2,
      view: { right: 0, columnPx, perColumn: 1, top: 0, rowPx },
      pointer: null as Point | null,
      setPointer(at: Point | null) {
        this.pointer = at;
        told.push(["point", at?.x ?? null, at?.y ?? null]);
      },
      pan: (columns: number, levels: number) => void told.push(["pan", columns, levels]),
      zoom: (time: number, level: number) => void told.push(["zoom", time, level]),
      reset: () => void told.push(["reset"]),
    };
    const box = document.querySelector<HTMLElement>("#canvas")!;
    box.style.cssText = "position: fixed; left: 10px; top: 20px; width: 400px; height: 300px";
    kit.attachPointer(box, target);
    kit.attachWheel(box, target);
    Object.assign(globalThis, { take: () => told.splice(0) });
  }, [COLUMN_PX, ROW_PX] as const);
  return () => page.evaluate(() => (globalThis as unknown as { take(): Told[] }).take());
}

browserTest("attachPointer() pans whole cells, as far as the mouse was dragged", async (page) => {
  const taken = await openPicture(page);
  await page.mouse.move(110, 120);
  deepStrictEqual((await taken()).at(-1), ["point", 200, 200]);
  await page.mouse.down();
  for (let i = 1; i <= 50; i++) await page.mouse.move(110 + i, 120 - i / 2);
  await page.mouse.up();
  const told = await taken();
  const pans = told.filter((one) => one[0] === "pan");
  const sum = (at: 1 | 2) => pans.reduce((total, pan) => total + pan[at], 0);
  ok(pans.every((pan) => Number.isInteger(pan[1]) && Number.isInteger(pan[2])));
  // The first pixels are a press that has not become a drag, the last no whole cell.
  const [restX, restY] = [100 - sum(1) * COLUMN_PX, 50 + sum(2) * ROW_PX];
  ok(restX >= 0 && restX < TAP_PX + 4 + COLUMN_PX, `${restX} of 100 pixels are left`);
  ok(restY >= 0 && restY < TAP_PX + 4 + ROW_PX, `${restY} of 50 pixels are left`);
  deepStrictEqual(told.at(-1), ["point", 300, 150]);
  await page.mouse.move(500, 500);
  deepStrictEqual((await taken()).at(-1), ["point", null, null]);
});

browserTest("attachWheel() zooms time, with Shift levels, with Ctrl both", async (page) => {
  const taken = await openPicture(page);
  await page.mouse.move(110, 120);
  await taken();
  const turned = async (deltaY: number, key: string | null): Promise<readonly Told[]> => {
    if (key !== null) await page.keyboard.down(key);
    await page.mouse.wheel(0, deltaY);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(0))));
    if (key !== null) await page.keyboard.up(key);
    return await taken();
  };
  deepStrictEqual(await turned(-160, null), [["zoom", 2, 0]]);
  deepStrictEqual(await turned(40, null), []); // half a step waits for the other
  deepStrictEqual(await turned(40, null), [["zoom", -1, 0]]);
  deepStrictEqual(await turned(-80, "Shift"), [["zoom", 0, 1]]);
  deepStrictEqual(await turned(-80, "Control"), [["zoom", 1, 1]]);
  deepStrictEqual(await turned(-8_000, null), [["zoom", 3, 0]]);
  await page.mouse.dblclick(110, 120);
  strictEqual((await taken()).filter((one) => one[0] === "reset").length, 1);
});
