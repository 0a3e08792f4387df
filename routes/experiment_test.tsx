import { deepStrictEqual, match, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";

import { browserTest } from "../jobs/testing/browser.ts";
import { NO_TAPES, type SharedMarket, sharedMarket } from "../jobs/testing/served_market.ts";
import type { ServerProcess } from "../jobs/testing/server.ts";
import { StreamReader } from "../jobs/testing/stream_reader.ts";
import { PATIENCE_MS } from "../jobs/testing/patience.ts";

/** Bins that a comparison must span: every signal is warm and has had time to drift apart. */
const LEAST_BINS = 400;

const market = sharedMarket(NO_TAPES);

/** Waits until the market has made so many bins: a page that waited with it would draw them all. */
async function made(server: ServerProcess, bins: number): Promise<void> {
  const reader = new StreamReader(`${server.wsUrl}/v1/pressure/stream?backfill=1`);
  await reader.until((frame) => Number(Reflect.get(frame, "bin_seq")) > bins);
  await reader.close();
}

/** Bins that a page asks for when it opens. */
const FIRST_BINS = 1_200;

/** Opens the heatmap with the panel, once the whole past is in: every signal is computed anew then. */
async function open(page: Page, { server, url }: SharedMarket): Promise<void> {
  await made(server, LEAST_BINS);
  const { bins } = await (await fetch(`${url}/v1/feed`)).json();
  await page.setViewportSize({ width: 1_440, height: 900 });
  await page.goto(`${url}/heatmap`);
  await page.waitForFunction(
    (past) => {
      const geometry = globalThis.__lotus?.geometry() as
        | { length: number; holes: number }
        | null
        | undefined;
      return geometry !== null && geometry !== undefined &&
        geometry.length - geometry.holes >= past;
    },
    Math.min(bins, FIRST_BINS),
  );
  await showPanel(page);
}

/** Opens the panel by its key, once the page listens to keys. */
async function showPanel(page: Page): Promise<void> {
  await page.waitForFunction(() => globalThis.__lotus !== undefined, null, {
    timeout: PATIENCE_MS,
  });
  await page.keyboard.press("y");
  await page.locator(".experiment").waitFor({ timeout: PATIENCE_MS });
}

/** Waits until the page has the last bin of the market, which is paused. */
async function caughtUp(page: Page, url: string): Promise<void> {
  const { bins } = await (await fetch(`${url}/v1/feed`)).json();
  await page.waitForFunction((last) => {
    const geometry = globalThis.__lotus?.geometry() as { newestBin: number } | null | undefined;
    return geometry?.newestBin === last;
  }, bins - 1);
}

/** Waits for a comparison over enough bins, and returns its largest difference. */
async function largest(page: Page): Promise<number> {
  const handle = await page.waitForFunction(
    (least) => {
      const { bins, largest, verdict } =
        document.querySelector<HTMLElement>(".agreement")?.dataset ?? {};
      return Number(bins) > least ? { largest: Number(largest), verdict } : null;
    },
    LEAST_BINS,
    { timeout: PATIENCE_MS },
  );
  const { largest, verdict } = await handle.jsonValue() as { largest: number; verdict: string };
  strictEqual(verdict, "agree");
  return largest;
}

/** Newest blend and the signals as text. */
async function values(page: Page): Promise<Readonly<Record<string, number>>> {
  return await page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>("[data-signal]")]
        .map((each) => [
          each.dataset["signal"] ?? "",
          Number((each.textContent ?? "").replace("\u2212", "-")),
        ]),
    )
  );
}

/** The blend that was drawn for the newest columns, and the centre of the farthest band in rows. */
function drawn(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => globalThis.__lotus?.composites(200) ?? []);
}

browserTest(
  "the experiment agrees with the server, counts at once, and can be undone",
  async (page) => {
    const shared = await market();
    const { url } = shared;
    page.setDefaultTimeout(PATIENCE_MS);
    await open(page, shared);
    const difference = await largest(page);
    console.log(`largest difference between page and server: ${difference}`);
    ok(difference <= 1e-9, `${difference}`);
    match(
      await page.locator(".agreement").textContent() ?? "",
      /Page and server agree on .+ bins: largest difference/,
    );
    await page.getByRole("button", { name: "Pause" }).first().click();
    await page.locator('.health[data-kind="paused"]').waitFor({ timeout: PATIENCE_MS });
    await caughtUp(page, url);
    const before = await drawn(page);
    ok(before.length === 200 && before.some((value) => value !== 0));
    // Only SVac counts: the blend is SVac itself, in every column.
    const number = (label: string) => page.getByRole("spinbutton", { name: label, exact: true });
    for (const label of ["Weight of ADS", "Weight of PFP"]) {
      await number(label).fill("0");
      await number(label).press("Enter");
    }
    await page.getByText("Experiment: 2 changed").waitFor();
    await page.waitForFunction(() => {
      const text = (name: string) => document.querySelector(`[data-signal=${name}]`)?.textContent;
      return text("Blend") === text("SVac");
    });
    const seen = await values(page);
    strictEqual(seen["Blend"], seen["SVac"]);
    const after = await drawn(page);
    ok(after.filter((value, i) => value !== before[i]).length > 150);
    match(page.url(), /\?experiment=blendAds%3A0%2CblendPfp%3A0$/);
    // What is compared with the server is the definition, whatever the experiment.
    ok(await largest(page) <= 1e-9);
    await page.reload();
    await showPanel(page);
    await page.getByText("Experiment: 2 changed").waitFor();
    await page.goto(`${url}/heatmap`);
    await showPanel(page);
    await page.getByText("Experiment: 2 changed").waitFor();
    await caughtUp(page, url);
    await page.getByRole("button", { name: "Reset all" }).click();
    await page.getByText("By definition: nothing is changed").waitFor();
    strictEqual(new URL(page.url()).search, "");
    strictEqual(await page.evaluate(() => localStorage.getItem("lotus.experiment")), null);
    await page.waitForFunction(
      (old) => {
        const now = globalThis.__lotus?.composites(200) ?? [];
        return now.length === old.length &&
          now.every((value, i) => Math.abs(value - old[i]!) < 1e-5);
      },
      before,
      { timeout: PATIENCE_MS },
    );
    // A slider follows its keys, and what a link says is fitted to the ranges.
    await page.locator("#x-svacAlpha").focus();
    await page.keyboard.press("ArrowRight");
    await page.getByText("Experiment: 1 changed").waitFor();
    strictEqual(await number("Alpha").nth(1).inputValue(), "0.055");
    await page.goto(`${url}/heatmap?experiment=adsZMs:1e9,nope:3,pfpAlpha:x`);
    await showPanel(page);
    await page.getByText("Experiment: 1 changed").waitFor();
    strictEqual(await number("z span, ms").inputValue(), "120000");
    notStrictEqual(await page.locator(".experiment").textContent(), "");
    deepStrictEqual(await page.locator(".notice").count(), 0);
  },
);
