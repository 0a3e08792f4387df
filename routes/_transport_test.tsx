import { match, ok, strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { exchangeClock } from "../islands/lib/text/exchange_time.ts";
import { browserTest } from "../jobs/testing/browser.ts";
import type { SharedMarket } from "../jobs/testing/served_market.ts";
import { PATIENCE_MS } from "../jobs/testing/patience.ts";

/** A replay makes its stretch of tape, and what that hangs on, anew. */
const FILL_MS = 120_000;

/** Seconds since midnight of a clock such as `10:31:07`. */
function seconds(clock: string): number {
  const found = /(\d\d):(\d\d):(\d\d)/.exec(clock);
  ok(found !== null, `no clock in "${clock}"`);
  return Number(found[1]) * 3_600 + Number(found[2]) * 60 + Number(found[3]);
}

/** What each pane writes over itself. */
async function marks(page: Page): Promise<Readonly<Record<string, string>>> {
  return await page.locator("[data-pane]").evaluateAll((panes) =>
    Object.fromEntries(
      panes.map((pane) => [
        pane.getAttribute("data-pane"),
        getComputedStyle(pane, "::after").content,
      ]),
    )
  );
}

/** Waits until the newest row of the equities tape stands at or before, or after, a second. */
async function newestRow(page: Page, isBefore: boolean, second: number): Promise<void> {
  await page.waitForFunction(({ isBefore, second }) => {
    const row = document.querySelector(
      '[data-pane="equities"] .tr[aria-rowindex="2"]:not([hidden])',
    );
    const found = /(\d\d):(\d\d):(\d\d)/.exec(row?.textContent ?? "");
    if (found === null) return false;
    const at = Number(found[1]) * 3_600 + Number(found[2]) * 60 + Number(found[3]);
    return isBefore ? at <= second : at > second;
  }, { isBefore, second });
}

/** Declares the test of a replay over a market whose past is made. */
export function transportTest(market: () => Promise<SharedMarket>): void {
  browserTest(
    "a replay moves all panes by one clock: step, scrub, play, and back",
    async (page) => await replays(page, await market()),
  );
}

async function replays(page: Page, { url }: SharedMarket): Promise<void> {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.setViewportSize({ width: 1_440, height: 900 });
  await page.goto(url);
  await page.locator('[data-pane="smart"] .tr[data-row]:not([hidden])').first()
    .waitFor({ timeout: FILL_MS });
  await page.keyboard.press("e"); // equities print every second, so their tape tells the time
  strictEqual((await marks(page))["options"], "none");

  await page.getByRole("button", { name: "NOW", exact: true }).click();
  const menu = page.getByRole("dialog", { name: "Live or replay" });
  await menu.getByLabel("Replay the last").selectOption("5 minutes");
  await menu.getByRole("button", { name: "Start replay" }).click();
  const bar = page.getByRole("region", { name: "Replay" });
  // A replay runs the market's pipeline anew, in a worker of its own.
  await bar.getByRole("button", { name: "Pause the replay" }).click({ timeout: FILL_MS });
  await bar.getByText("paused").waitFor();
  const marked = await marks(page);
  ok(Object.values(marked).every((mark) => mark === '"REPLAY"'), JSON.stringify(marked));

  const clock = bar.locator(".mono").first();
  const scrubber = bar.getByRole("slider", { name: "Time of the replay" });
  const scrub = async (minutes: number) => {
    const at = await scrubber.evaluate((input, minutes) => {
      const range = input as HTMLInputElement;
      range.value = `${Number(range.max) - minutes * 60_000}`;
      range.dispatchEvent(new Event("change", { bubbles: true }));
      return Number(range.value);
    }, minutes);
    await clock.filter({ hasText: exchangeClock(at) }).waitFor();
  };
  await scrub(1);
  const scrubbed = seconds(await clock.textContent() ?? "");
  await newestRow(page, true, scrubbed);
  // The page keeps the market of the last minutes only, and says so where it has none.
  const heat = page.locator('[data-pane="heatmap"]').locator(".marks .mark, .plate");
  const shown = await heat.filter({ hasText: /◷|No bins for this stretch/ }).textContent() ?? "";
  if (shown.includes("◷")) ok(Math.abs(seconds(shown) - scrubbed) <= 1, shown);
  await bar.getByRole("button", { name: "Step one second" }).click();
  await page.waitForFunction(
    (before) => document.querySelector(".transport .mono")?.textContent !== before,
    await clock.textContent(),
  );
  strictEqual(seconds(await clock.textContent() ?? ""), scrubbed + 1);
  await newestRow(page, true, scrubbed + 1);
  const times = await page.locator(".tape-rows .tr[data-row]:not([hidden])").evaluateAll((rows) =>
    rows.map((row) => row.firstElementChild?.textContent ?? "")
  );
  ok(times.length > 20 && times.every((time) => seconds(time) <= scrubbed + 1), `${times}`);
  match(await bar.locator(".strip svg").innerHTML(), /<rect/);
  const tape = page.locator('[data-pane="equities"]');
  await tape.locator(".tape-scroll").evaluate((box) => box.scrollTop = 240);
  await tape.locator(".jump", { hasText: "jump to the newest" }).click();
  await tape.locator(".jump").waitFor({ state: "detached" });

  await bar.getByRole("combobox", { name: "Speed of the replay" }).selectOption("10×");
  await bar.getByRole("button", { name: "Play the replay" }).click();
  await newestRow(page, false, scrubbed + 10);

  await bar.getByRole("button", { name: "Back to live" }).click();
  await bar.waitFor({ state: "detached" });
  strictEqual((await marks(page))["options"], "none");
  await newestRow(page, false, scrubbed + 60);
}
