import { deepStrictEqual, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest } from "../../../jobs/testing/browser.ts";
import { openDrawingPage, pictureOf } from "../../../jobs/testing/drawing_page.ts";
import { readGolden } from "../../../jobs/testing/vectors/golden_file.ts";
import type { ScopeSnapshot, ScopeView } from "./scope_snapshot.ts";
import { DRAWN_SCOPE } from "./testing/drawn_scope.ts";

const GOLDEN = `${import.meta.dirname}/../../../fixtures/particle/scope_geometry.json`;
/** Difference of a channel that blending in another order may make. */
const MOST_OFF = 4;

interface Case {
  readonly snapshot: ScopeSnapshot;
  readonly view: ScopeView;
  readonly pixelProbes: readonly {
    readonly name: string;
    readonly x: number;
    readonly y: number;
    readonly rgb: readonly number[];
  }[];
}

async function draw(page: Page, snapshot: ScopeSnapshot, view: ScopeView): Promise<void> {
  await page.evaluate(async ({ snapshot, view }) => {
    const load = (path: string) => import(path);
    const kit: typeof import("./testing/drawn_scope.ts") = await load("/drawn_scope.js");
    kit.drawScope(snapshot, view);
  }, { snapshot, view });
}

browserTest("MediumScopeView.draw() paints the golden pixels", async (page) => {
  await openDrawingPage(page, [DRAWN_SCOPE]);
  let probes = 0;
  for (const { snapshot, view, pixelProbes } of readGolden(GOLDEN)["cases"] as readonly Case[]) {
    await draw(page, snapshot, view);
    const picture = await pictureOf(page, "#canvas");
    for (const { name, x, y, rgb } of pixelProbes) {
      const pixel = picture.at(Math.floor(x), Math.floor(y));
      const off = rgb.map((wanted, i) => Math.abs(pixel[i]! - wanted));
      ok(Math.max(...off) <= MOST_OFF, `${name} of ${view.w}: ${pixel}, expected ${rgb}`);
      probes++;
    }
  }
  deepStrictEqual(probes, 9);
});
