import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { pane as paneNode } from "../islands/lib/workspace/layout.ts";
import { layoutToUrl } from "../islands/lib/workspace/layout_codec.ts";
import { graveFindings } from "../jobs/testing/axe.ts";
import { browserTest } from "../jobs/testing/browser.ts";
import { PATIENCE_MS } from "../jobs/testing/patience.ts";
import type { SharedMarket } from "../jobs/testing/served_market.ts";

/** A workspace that draws little while the test waits for the tape. */
const ONE_PANE = layoutToUrl(paneNode("alerts"));
/** The next barrier is 20 s away at most, on a busy machine some more; a wait beyond this has failed, ms. */
const IN_FORCE_MS = 120_000;

/** How the tape of a server stands to its control. */
async function statusOf(url: string): Promise<{
  readonly control: { readonly preset_id: string };
  readonly engine: { readonly revision: number; readonly revision_in_force: number };
}> {
  const headers = { origin: url };
  return await (await fetch(`${url}/api/admin/synthetic/status`, { headers })).json();
}

/** Chooses a preset in the drawer and waits until the tape is made by it. */
async function presetInForce(page: Page, { url }: SharedMarket): Promise<void> {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${url}/?w=${ONE_PANE}`);
  await page.locator("html[data-islands~=Control]").waitFor();
  await page.getByRole("button", { name: "Synthetic control" }).click();
  const facts = page.locator(".drawer-facts");
  await facts.getByText("in force", { exact: true }).waitFor();
  const before = await statusOf(url);
  await page.getByRole("combobox", { name: "Preset" }).selectOption("Dealer Day");
  await page.getByText("Saved by operator").waitFor();
  // The tape takes the preset up at a barrier of event time, and the drawer says when.
  await facts.getByText(/^(in force in \d+ s|market at \d+)$/).waitFor();
  await facts.getByText("in force", { exact: true }).waitFor({ timeout: IN_FORCE_MS });
  const after = await statusOf(url);
  ok(after.engine.revision > before.engine.revision, JSON.stringify(after.engine));
  strictEqual(after.engine.revision_in_force, after.engine.revision);
  strictEqual(after.control.preset_id, "dealer_day");
  match(
    await facts.textContent() ?? "",
    new RegExp(`Revision\\s*${after.engine.revision}\\s*in force`),
  );
  // The drawer of a market that is not made says so and no more: what it has else is tried here.
  deepStrictEqual(await graveFindings(page, page.locator(".drawer")), []);
}

async function looksChosen(page: Page, { url }: SharedMarket): Promise<void> {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.setViewportSize({ width: 1_440, height: 900 });
  await page.goto(url);
  await page.locator("html[data-islands~=Workspace]").waitFor();
  await page.getByRole("button", { name: "Filter Chart" }).click();
  const look = (name: string) =>
    page.locator(".chart-tools").getByRole("button", { name }).evaluate((one) => {
      const { backgroundColor, borderColor, fontWeight } = getComputedStyle(one);
      return `${backgroundColor} ${borderColor} ${fontWeight}`;
    });
  strictEqual(await look("Latent market"), await look("Heikin Ashi"));
  await page.getByRole("button", { name: "Latent market" }).click();
  await page.getByRole("button", { name: "Latent market", pressed: true }).waitFor();
  strictEqual(await look("Latent market"), await look("Candles"));
  await page.emulateMedia({ forcedColors: "active" });
  strictEqual(
    await page.locator(".record .dot").evaluate((one) => getComputedStyle(one).forcedColorAdjust),
    "none",
    "the mark of the record button stays",
  );
}

/** Declares the tests of what operators alone have, over a market whose past is made. The last one changes it. */
export function operatedTests(market: () => Promise<SharedMarket>): void {
  browserTest(
    "what operators alone see looks chosen only when it is, and keeps its marks",
    async (page) => await looksChosen(page, await market()),
  );
  browserTest(
    "a preset that is chosen in the drawer ends in force in the tape",
    async (page) => await presetInForce(page, await market()),
  );
}
