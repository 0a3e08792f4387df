import { deepStrictEqual, ok } from "node:assert/strict";
import { pane, split } from "../islands/lib/workspace/layout.ts";
import { layoutToUrl } from "../islands/lib/workspace/layout_codec.ts";
import { browserTest } from "../jobs/testing/browser.ts";
import { withServedMarket } from "../jobs/testing/served_market.ts";

/** The market makes its first minutes of tape while the page is open already. */
const FILL_MS = 120_000;

/** Nine charts at the intervals that the server has, and a tape, a chain and the heatmap. */
const TWELVE = layoutToUrl(split("row", [60, 40], [
  split(
    "col",
    [33, 33, 34],
    [0, 1, 2].map((row) =>
      split(
        "row",
        [33, 33, 34],
        [60_000, 300_000, 900_000].map((ms, i) =>
          pane("chart", `chart-${row}-${i}`, `interval=${ms}&lower=volume`)
        ),
      )
    ),
  ),
  split("col", [30, 40, 30], [pane("equities"), pane("chain"), pane("heatmap")]),
]));

/** A figure of `/metrics`. */
async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const found = new RegExp(`^${name} (\\S+)$`, "m").exec(text);
  ok(found !== null, `no ${name}`);
  return Number(found[1]);
}

browserTest("twelve panes, nine of them charts, all get rows over two sockets", async (page) => {
  await withServedMarket(2, async ({ url }) => {
    page.setDefaultTimeout(FILL_MS);
    await page.setViewportSize({ width: 1_440, height: 900 });
    await page.goto(`${url}/?w=${TWELVE}`);
    await page.waitForFunction(() =>
      document.querySelectorAll('[data-pane="chart"][data-state="live"]').length === 9 &&
      document.querySelectorAll('[data-pane="chart"] .chart-readout').length === 9
    );
    await page.locator('[data-pane="equities"] .tr[data-row]:not([hidden])').first().waitFor();
    await page.locator('[data-pane="chain"] .chain-bar option').first().waitFor({
      state: "attached",
    });
    await page.locator('[data-pane="heatmap"] .plot[data-health="live"]').waitFor();
    deepStrictEqual({
      rows: await metric(url, "lotus_tape_sockets"),
      frames: await metric(url, "lotus_stream_clients"),
      refused: await metric(url, "lotus_tape_refused_sockets_total"),
    }, { rows: 1, frames: 1, refused: 0 });
    // A later row reaches the charts too: the newest candle of each follows the tape.
    const volumes = () => page.locator(".chart-readout").allTextContents();
    const before = await volumes();
    await page.waitForFunction(
      (old) =>
        [...document.querySelectorAll(".chart-readout")].every((one, i) =>
          one.textContent !== old[i]
        ),
      before,
    );
  });
});
