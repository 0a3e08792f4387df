import { strictEqual } from "node:assert/strict";
import { browserTest } from "../jobs/testing/browser.ts";
import { open, pane, topRow, topText, withDesk } from "./_served_desk_test.tsx";

browserTest("a tape held by a click lets go when its evidence closes", async (page) => {
  await withDesk(async (tape, url) => {
    await open(page, url);
    const alerts = pane(page, "alerts");
    const evidence = page.getByRole("complementary", { name: /Evidence/ });
    await topRow(page, "alerts").locator(".name").first().click();
    await evidence.waitFor();
    await alerts.locator(".jump").waitFor();
    await tape.send("alerts", 2);
    await alerts.getByText("2 new").waitFor();
    await evidence.getByRole("button", { name: "Close" }).click();
    await evidence.waitFor({ state: "detached" });
    await alerts.locator(".jump").waitFor({ state: "detached" });
    await tape.send("alerts", 1, { underlying_id: "DIS" });
    await topText(page, "alerts", "DIS");
    strictEqual(await alerts.locator('[aria-selected="true"]').count(), 0);
    // A row clicked in another tape lets the first one go.
    await topRow(page, "alerts").locator(".name").first().click();
    await alerts.locator(".jump").waitFor();
    await topRow(page, "options").click();
    await alerts.locator(".jump").waitFor({ state: "detached" });
    await pane(page, "options").locator(".jump").waitFor();
    await page.keyboard.press("Escape");
    await pane(page, "options").locator(".jump").waitFor({ state: "detached" });
  });
});

browserTest(
  "a tape that is scrolled, or held by keys, stays held when evidence closes",
  async (page) => {
    await withDesk(async (tape, url) => {
      await tape.send("options", 200);
      await open(page, url);
      const options = pane(page, "options");
      const evidence = page.getByRole("complementary", { name: /Evidence/ });
      await options.locator(".tape-scroll").evaluate((element) => element.scrollTop = 240);
      await options.locator(".jump").waitFor();
      await options.locator('.tr[aria-rowindex="14"]').click();
      await evidence.waitFor();
      await page.keyboard.press("Escape");
      await evidence.waitFor({ state: "detached" });
      await tape.send("options", 1, { nbbo_side: "A" });
      await options.getByText("1 new").waitFor();
      await options.locator(".jump").click();
      await options.locator(".jump").waitFor({ state: "detached" });
      await options.locator(".tape-scroll").focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await evidence.waitFor();
      await page.keyboard.press("Escape");
      await evidence.waitFor({ state: "detached" });
      await options.locator('[aria-selected="true"]').waitFor();
      await tape.send("options", 1, { nbbo_side: "A" });
      await options.getByText("1 new").waitFor();
    });
  },
);
