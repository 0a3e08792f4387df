import { ok, strictEqual } from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { browserTest } from "../jobs/testing/browser.ts";
import { open, pane, withDesk } from "./_served_desk_test.tsx";

/** A menu of the page: its opener, and what floats while it is open. */
interface Floating {
  readonly name: string;
  readonly opener: Locator;
  readonly body: Locator;
}

function menus(page: Page): readonly Floating[] {
  const options = pane(page, "options");
  return [
    {
      name: "columns",
      opener: options.locator("summary", { hasText: "Columns" }),
      body: options.locator(".menu-body.columns"),
    },
    {
      name: "bounds",
      opener: options.locator("summary", { hasText: "Bounds" }),
      body: options.locator(".menu-body.ranges"),
    },
    {
      name: "pane",
      opener: options.getByLabel("More of Options tape"),
      body: options.locator(".menu-body.actions"),
    },
    {
      name: "mode",
      opener: page.getByRole("button", { name: "NOW", exact: true }),
      body: page.getByRole("dialog", { name: "Live or replay" }),
    },
  ];
}

browserTest("every menu closes on Escape, and its opener has the keyboard again", async (page) => {
  await withDesk(async (_tape, url) => {
    await open(page, url);
    await page.getByRole("button", { name: "Filter Options tape" }).click();
    for (const { name, opener, body } of menus(page)) {
      await opener.click();
      await body.waitFor();
      // From inside the menu, and with the keyboard elsewhere.
      const inside = body.locator("input, select, button").first();
      await inside.focus();
      await page.keyboard.press("Escape");
      await body.waitFor({ state: "hidden" });
      strictEqual(await opener.evaluate((one) => one === document.activeElement), true, name);
      await opener.click();
      await body.waitFor();
      await opener.evaluate(() => (document.activeElement as HTMLElement).blur());
      await page.keyboard.press("Escape");
      await body.waitFor({ state: "hidden" });
      strictEqual(await opener.evaluate((one) => one === document.activeElement), true, name);
    }
  });
});

browserTest("every menu closes when one presses elsewhere, or goes on by Tab", async (page) => {
  await withDesk(async (_tape, url) => {
    await open(page, url);
    await page.getByRole("button", { name: "Filter Options tape" }).click();
    const elsewhere = [
      pane(page, "alerts").locator("h2"),
      pane(page, "chart").locator(".chart"),
      pane(page, "heatmap").locator(".plot"),
    ];
    await elsewhere[2]!.waitFor();
    for (const { opener, body } of menus(page)) {
      for (const place of elsewhere) {
        await opener.click();
        await body.waitFor();
        await place.click({ position: { x: 8, y: 8 } });
        await body.waitFor({ state: "hidden" });
      }
      await opener.click();
      await body.waitFor();
      await pane(page, "alerts").locator(".tape-scroll").focus();
      await body.waitFor({ state: "hidden" });
    }
  });
});

browserTest("every menu floats inside the page, however narrow it is", async (page) => {
  await withDesk(async (_tape, url) => {
    for (const width of [820, 390]) {
      await open(page, url, width, 844);
      await page.getByRole("button", { name: "Filter Options tape" }).click();
      for (const { name, opener, body } of menus(page)) {
        await opener.click();
        await body.waitFor();
        const { left, right } = await body.evaluate((one) => one.getBoundingClientRect());
        ok(left >= 0 && right <= width, `${name} from ${left} to ${right} of ${width}`);
        await page.keyboard.press("Escape");
        await body.waitFor({ state: "hidden" });
      }
    }
  });
});
