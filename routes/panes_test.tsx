import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest } from "../jobs/testing/browser.ts";
import { open, pane, withDesk } from "./_served_desk_test.tsx";

/** Panes in the order of the document, which is the order of the layout. */
async function order(page: Page): Promise<readonly (string | null)[]> {
  return await page.locator(".workspace .pane[data-pane-key]").evaluateAll((panes) =>
    panes.map((one) => one.getAttribute("data-pane-key"))
  );
}

/** A point of a pane, as shares of its width and height. */
async function pointOf(page: Page, id: string, across: number, down: number) {
  const box = (await pane(page, id).boundingBox())!;
  return { x: box.x + box.width * across, y: box.y + box.height * down };
}

/** Takes a pane by its title and moves it over a point of another one, without letting go. */
async function dragOver(page: Page, id: string, other: string, across: number, down: number) {
  const title = (await pane(page, id).locator("h2").first().boundingBox())!;
  await page.mouse.move(title.x + 8, title.y + 8);
  await page.mouse.down();
  const { x, y } = await pointOf(page, other, across, down);
  await page.mouse.move(x, y, { steps: 4 });
}

browserTest("Workspace swaps a pane that is dropped in the middle of another", async (page) => {
  await withDesk(async (_tape, url) => {
    await open(page, url);
    const before = await order(page);
    await dragOver(page, "alerts", "options", 0.5, 0.5);
    await page.locator('.drop-mark[data-zone="swap"]').getByText("Swap with Options tape")
      .waitFor();
    await page.mouse.up();
    const after = before.map((key) =>
      key === "alerts" ? "options" : key === "options" ? "alerts" : key
    );
    deepStrictEqual(await order(page), after);
    strictEqual(await page.locator(".drop-mark").count(), 0);
    await page.getByRole("status").getByText("Alerts and Options tape have changed places")
      .waitFor();
  });
});

browserTest("Workspace splits a pane on whose side another is dropped", async (page) => {
  await withDesk(async (_tape, url) => {
    await open(page, url);
    for (
      const [zone, across, down] of [
        ["left", 0.05, 0.5],
        ["right", 0.95, 0.5],
        ["top", 0.5, 0.05],
        ["bottom", 0.5, 0.95],
      ] as const
    ) {
      await dragOver(page, "alerts", "options", across, down);
      await page.locator(`.drop-mark[data-zone="${zone}"]`).waitFor();
      await page.mouse.up();
      const [moved, over] = await Promise.all(
        ["alerts", "options"].map((id) => pane(page, id).boundingBox()),
      );
      const side = {
        left: moved!.x < over!.x && moved!.y === over!.y,
        right: moved!.x > over!.x && moved!.y === over!.y,
        top: moved!.y < over!.y && moved!.x === over!.x,
        bottom: moved!.y > over!.y && moved!.x === over!.x,
      };
      strictEqual(side[zone], true, zone);
    }
  });
});

browserTest("Workspace leaves all as it was when a drag is given up with Escape", async (page) => {
  await withDesk(async (_tape, url) => {
    await open(page, url);
    const before = await order(page);
    await dragOver(page, "alerts", "options", 0.5, 0.5);
    await page.locator(".drop-mark").waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".drop-mark").waitFor({ state: "detached" });
    await page.mouse.up();
    deepStrictEqual(await order(page), before);
    // A press that goes nowhere is a click, and a button of the head is no handle.
    await pane(page, "alerts").locator("h2").click();
    await pane(page, "alerts").getByRole("button", { name: "Pause Alerts" }).click();
    deepStrictEqual(await order(page), before);
    await page.getByRole("button", { name: "Resume Alerts" }).waitFor();
  });
});

browserTest("Workspace drags panes with a finger", async (page) => {
  await withDesk(async (_tape, url) => {
    await open(page, url);
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", x = 0, y = 0) =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [{ x, y }],
      });
    const title = (await pane(page, "alerts").locator("h2").boundingBox())!;
    const { x, y } = await pointOf(page, "options", 0.5, 0.5);
    const before = await order(page);
    await touch("touchStart", title.x + 8, title.y + 8);
    await touch("touchMove", title.x - 40, title.y - 40);
    await touch("touchMove", x, y);
    await page.locator('.drop-mark[data-zone="swap"]').waitFor();
    await touch("touchEnd");
    await page.locator(".drop-mark").waitFor({ state: "detached" });
    const after = await order(page);
    strictEqual(after.indexOf("alerts"), before.indexOf("options"));
  });
});

browserTest("Workspace swaps panes by keyboard, and the sheet says how", async (page) => {
  await withDesk(async (_tape, url) => {
    await open(page, url);
    await page.keyboard.press("a");
    await page.waitForFunction(() =>
      document.activeElement?.closest(".pane")?.getAttribute("data-pane") === "alerts"
    );
    await page.keyboard.press("w");
    await page.keyboard.press("ArrowUp"); // which moves over rows without the W
    await page.getByRole("status").getByText("Alerts and Smart money have changed places")
      .waitFor();
    const keys = await order(page);
    strictEqual(keys.indexOf("alerts") + 1, keys.indexOf("smart"));
    await page.waitForFunction(() =>
      document.activeElement?.closest(".pane")?.getAttribute("data-pane") === "alerts"
    );
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).getByText(
      "Swap with the pane above",
    )
      .waitFor();
  });
});
