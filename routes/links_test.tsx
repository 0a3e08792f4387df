import { strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { pane as paneNode, split } from "../islands/lib/workspace/layout.ts";
import { layoutToUrl } from "../islands/lib/workspace/layout_codec.ts";
import { browserTest } from "../jobs/testing/browser.ts";
import { open, pane, topRow, topText, withDesk } from "./_served_desk_test.tsx";

/** Three blue panes, a tape that follows nobody, and one of another colour. */
const LINKED = layoutToUrl(split("row", [40, 60], [
  split("col", [50, 50], [
    paneNode("options", "options", "", "blue"),
    paneNode("equities", "equities", "", "blue"),
  ]),
  split("col", [40, 30, 30], [
    paneNode("chart", "chart", "", "blue"),
    paneNode("smart", "smart", "", "amber"),
    paneNode("packets"),
  ]),
]));

async function chartShows(page: Page, symbol: string): Promise<void> {
  await pane(page, "chart").getByRole("application", { name: `Chart of ${symbol}.` }).waitFor();
}

async function command(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

browserTest("a row chosen in a linked pane sets what its colour looks at", async (page) => {
  await withDesk(async (tape, url) => {
    await open(page, `${url}?w=${LINKED}`);
    await chartShows(page, "SPY");
    const given = { option_contract_id: "KO-2027-01-15-60-C", underlying_id: "KO" };
    await tape.send("options", 1, { ...given, nbbo_side: "A" });
    await topText(page, "options", "KO 15 Jan 60 C");
    await topRow(page, "options").click();
    const symbol = "KO";
    await chartShows(page, symbol);
    // The pane of the row stays as it is; another of its colour follows, no other colour does.
    await pane(page, "options").locator(".scope", { hasText: `→ ${symbol}` }).waitFor();
    await pane(page, "equities").locator(".scope", { hasText: `${symbol} ×` }).waitFor();
    strictEqual(await pane(page, "smart").locator(".scope").count(), 0);
    strictEqual(await page.locator("#symbols").inputValue(), "");
    await pane(page, "options").locator('[aria-selected="true"]').waitFor();
    // A row chosen where nothing is linked changes nothing.
    await page.keyboard.press("Escape");
    await topRow(page, "packets").click();
    await pane(page, "packets").locator('[aria-selected="true"]').waitFor();
    await page.keyboard.press("Escape");
    await chartShows(page, symbol);
    await pane(page, "equities").locator(".scope").click();
    await chartShows(page, "SPY");
    strictEqual(await page.locator(".scope").count(), 0);
  });
});

browserTest("the palette looks at a symbol with the colour of the pane in hand", async (page) => {
  await withDesk(async (_tape, url) => {
    await open(page, `${url}?w=${LINKED}`);
    await pane(page, "equities").locator(".tape-scroll").focus();
    await command(page, "coin symbol");
    await chartShows(page, "COIN");
    strictEqual(await page.locator("#symbols").inputValue(), "");
    strictEqual(await pane(page, "options").locator(".scope").textContent(), "COIN ×");
    await pane(page, "packets").locator(".tape-scroll").focus();
    await command(page, "nvda symbol");
    await page.waitForFunction(() =>
      document.querySelector<HTMLInputElement>("#symbols")?.value === "NVDA"
    );
    await chartShows(page, "COIN");
    await pane(page, "equities").locator(".tape-scroll").focus();
    await command(page, "clear the symbol");
    await chartShows(page, "NVDA"); // the colour looks at what the page does again
  });
});
