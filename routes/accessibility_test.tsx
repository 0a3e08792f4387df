import { deepStrictEqual } from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { graveFindings } from "../jobs/testing/axe.ts";
import { browserTest } from "../jobs/testing/browser.ts";
import { PATIENCE_MS } from "../jobs/testing/patience.ts";
import { OPERATED, stillMarket } from "../jobs/testing/served_market.ts";

const PAGES = [
  "/",
  "/heatmap",
  "/surfaces",
  "/research",
  "/realism",
  "/status",
  "/docs",
  "/login",
  "/nowhere",
];
/** Wide, upright tablet, phone. */
const SIZES = [[1_440, 900], [390, 844]] as const;

const market = stillMarket(OPERATED);

/**
 * Fails when what the page shows has a grave fault.
 *
 * @param state Where one is, for the message.
 * @param within What is new in that state; the rest of the page was tried before. All when omitted.
 */
async function isSound(page: Page, state: string, within?: Locator): Promise<void> {
  const found = await graveFindings(page, within);
  deepStrictEqual({ state, found }, { state, found: [] });
}

async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  if (new URL(url).pathname === "/") {
    await page.locator("html[data-islands~=Workspace]").waitFor();
  }
}

browserTest("axe finds nothing grave on any page, at any size", async (page) => {
  page.setDefaultTimeout(PATIENCE_MS);
  const { url } = await market();
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    for (const path of PAGES) {
      await visit(page, url + path);
      await isSound(page, `${path} at ${width}`);
    }
  }
});

/** A pane of the workspace. */
const pane = (page: Page, id: string) => page.locator(`.pane[data-pane="${id}"]`);

async function escape(page: Page, gone: string): Promise<void> {
  await page.keyboard.press("Escape");
  await page.locator(gone).first().waitFor({ state: "hidden" });
}

async function rowSelected(page: Page): Promise<void> {
  await pane(page, "options").locator(".tr[data-row]:not([hidden])").first().waitFor();
  const tape = pane(page, "options").locator(".tape-scroll");
  await tape.focus();
  // The rows that the server drew may be gone with the first snapshot, and what is selected with them.
  while (await tape.getAttribute("aria-activedescendant") === null) {
    await page.keyboard.press("ArrowDown");
  }
  await pane(page, "options").locator(".jump").waitFor();
  await isSound(page, "a row selected, the tape held", pane(page, "options"));
  await page.keyboard.press("Enter");
  await page.locator('.evidence[data-state="ready"]').waitFor();
  await isSound(page, "evidence", page.locator(".evidence"));
  await escape(page, ".evidence");
}

async function menusOpen(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Filter Options tape" }).click();
  const options = pane(page, "options");
  await options.getByText("Columns", { exact: true }).click();
  await isSound(page, "columns", options);
  await options.getByText("Bounds", { exact: true }).click();
  await isSound(page, "bounds", options);
  await options.getByLabel("More of Options tape").click();
  await isSound(page, "menu of a pane", options);
  await page.getByRole("button", { name: "Filter Chart" }).click();
  await page.getByRole("button", { name: "Alert rules" }).click();
  await isSound(page, "tools of the chart", pane(page, "chart"));
  await isSound(page, "rules", pane(page, "alerts"));
  await page.getByRole("button", { name: "NOW", exact: true }).click();
  await page.getByRole("button", { name: "Start replay" }).waitFor();
  await isSound(page, "offer of a replay", page.getByRole("dialog", { name: "Live or replay" }));
  await page.keyboard.press("Escape");
}

async function sheetsOpen(page: Page): Promise<void> {
  for (
    const [key, name] of [["?", "Keyboard"], ["Control+k", "Command palette"]] as const
  ) {
    await page.keyboard.press(key);
    await page.getByRole("dialog", { name }).waitFor();
    await isSound(page, name, page.getByRole("dialog", { name }));
    await escape(page, "dialog[open]");
  }
  await page.getByRole("button", { name: "Flow desk" }).click();
  await isSound(page, "layouts", page.locator("dialog[open]"));
  await escape(page, "dialog[open]");
  await page.getByRole("button", { name: "Synthetic control" }).click();
  await page.locator(".drawer form, .drawer-body").first().waitFor();
  await isSound(page, "operators' drawer", page.locator(".drawer"));
  await escape(page, ".drawer");
}

async function otherPanes(page: Page, url: string): Promise<void> {
  for (const layout of ["chain desk", "tape desk", "chart desk"]) {
    await page.keyboard.press("Control+k");
    await page.keyboard.type(layout);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.locator(".workspace .pane").first().waitFor();
    await isSound(page, layout);
  }
  await visit(page, `${url}/heatmap`);
  await page.locator('.marks .stamp[data-kind="SYNTHETIC REPLAY"]').waitFor();
  for (const tab of ["Experiment", "Table", "Signals"]) {
    await page.getByRole("tab", { name: tab }).click();
    await isSound(page, `heatmap, ${tab}`, page.locator(".pane.side"));
  }
  await page.keyboard.press("j");
  await page.getByRole("dialog").waitFor();
  await isSound(page, "choice of a feed", page.getByRole("dialog"));
  await escape(page, "dialog[open]");
  await page.keyboard.press("?");
  await isSound(page, "keys of the heatmap", page.getByRole("dialog"));
}

browserTest("axe finds nothing grave with a row selected, and with menus open", async (page) => {
  page.setDefaultTimeout(PATIENCE_MS);
  const { url } = await market();
  await page.setViewportSize({ width: 1_440, height: 900 });
  await visit(page, `${url}/`);
  await rowSelected(page);
  await menusOpen(page);
  await sheetsOpen(page);
  await otherPanes(page, url);
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, `${url}/`);
  await page.locator(".tabs").getByRole("button", { name: "Options" }).click();
  await rowSelected(page);
});

/** Numbers what the keyboard should reach, in the order of the document. Returns what it is called. */
async function numberControls(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => {
    const SELECTOR = "a[href], button, input:not([type=hidden]), select, summary, [tabindex]";
    const controls = [...document.querySelectorAll<HTMLElement>(SELECTOR)].filter((one) => {
      const isOff = one.matches(":disabled") || one.tabIndex < 0;
      return !isOff && one.checkVisibility({ visibilityProperty: true });
    });
    for (const [i, one] of controls.entries()) one.dataset["walk"] = `${i}`;
    return controls.map((one) =>
      `${one.tagName.toLowerCase()} ${
        one.getAttribute("aria-label") ?? one.textContent.slice(0, 40)
      }`
    );
  });
}

/** What has the focus now: its number, null outside of all, and whether one sees that it has it. */
async function focusNow(page: Page) {
  return await page.evaluate(() => {
    const one = document.activeElement;
    if (!(one instanceof HTMLElement) || one === document.body) return null;
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    const { width, height } = one.getBoundingClientRect();
    return {
      walk: one.dataset["walk"] ?? null,
      isSeen: outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0 && width * height > 0,
      is: one.outerHTML.slice(0, 120),
    };
  });
}

/** Goes through a page by Tab until it comes to its end or back to its start. */
async function walk(page: Page, limit: number) {
  const reached = new Set<number>();
  const unseen: string[] = [];
  for (let i = 0; i < limit; i++) {
    await page.keyboard.press("Tab");
    const now = await focusNow(page);
    if (now === null) break;
    const number = Number(now.walk);
    if (now.walk === null) continue; // came after the counting
    if (reached.has(number)) break;
    reached.add(number);
    if (!now.isSeen) unseen.push(now.is);
  }
  return { reached, unseen };
}

browserTest("Tab leads to every control of every page, and shows where it is", async (page) => {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.setViewportSize({ width: 1_440, height: 900 });
  const { url } = await market();
  for (const path of PAGES) {
    await page.goto(url + path);
    if (path === "/") {
      await page.locator("html[data-islands~=Workspace]").waitFor();
      await page.locator(".ticker").first().waitFor();
      await page.locator(".pane[data-pane=heatmap] .plot").waitFor();
      await page.keyboard.press(" "); // the list of tickers would change its order under the walk
    }
    const names = await numberControls(page);
    const { reached, unseen } = await walk(page, names.length + 40);
    const missed = names.filter((_, i) => !reached.has(i));
    deepStrictEqual({ path, missed, unseen }, { path, missed: [], unseen: [] });
  }
});
