import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { uptimeText } from "../jobs/serve/status.ts";
import { browserTest } from "../jobs/testing/browser.ts";
import { withTempDir } from "../jobs/testing/market_files.ts";
import { minutesOfTape } from "../jobs/testing/served_market.ts";
import { ServerProcess } from "../jobs/testing/server.ts";
import { PATIENCE_MS } from "../jobs/testing/patience.ts";

Deno.test("uptimeText() names the two largest units", () => {
  const cases = [0.4, 59, 60, 3_600, 3_725, 90_000, 200_000].map(uptimeText);
  deepStrictEqual(cases, [
    "0 s",
    "59 s",
    "1 min 0 s",
    "1 h 0 min",
    "1 h 2 min",
    "1 d 1 h",
    "2 d 7 h",
  ]);
});

browserTest("the status page shows the process and follows it", async (page) => {
  await withTempDir(async (dir) => {
    const path = join(dir, "latency", "lines.jsonl");
    const server = await ServerProcess.start({
      LOTUS_DATA_DIR: dir,
      LOTUS_LATENCY_FILE: path,
      // The page shows a tape; that of one side takes a quarter of the work.
      OPTIONS_INGEST_ADAPTER: "off",
      ...minutesOfTape(0),
    });
    try {
      const answer = await page.goto(`${server.url}/status`);
      strictEqual(answer?.headers()["cache-control"], "no-store");
      const titles = await page.locator(".status-group h2").allTextContents();
      deepStrictEqual(titles, ["Process", "Feed", "Producer latency", "Tape", "Store", "Sockets"]);
      const value = (group: number, name: string) =>
        page.locator(".status-group").nth(group)
          .locator("div", { has: page.getByText(name, { exact: true }) }).first().locator("dd");
      // The page follows by itself until bins are measured and the feed runs.
      await value(2, "Bins measured").filter({ hasText: /[1-9]/ }).waitFor({
        timeout: PATIENCE_MS,
      });
      const stamps = await page.locator(".status-group .stamp b").allTextContents();
      deepStrictEqual(stamps, ["SYNTHETIC", "SYNTHETIC"], "of the feed and of the tape");
      await value(1, "Phase").filter({ hasText: "live" }).waitFor({ timeout: PATIENCE_MS });
      match(await value(2, "Hand-over alone, p50").textContent() ?? "", /^\d+(\.\d+)? (µs|ms)$/);
      match(await value(4, "State").textContent() ?? "", /answers/);
      await page.setViewportSize({ width: 390, height: 844 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      ok(wide <= 390, `${wide}`);
      const { code } = await server.stop("SIGTERM");
      strictEqual(code, 0);
      const lines = (await Deno.readTextFile(path)).trimEnd().split("\n");
      for (const line of lines) strictEqual(JSON.parse(line).product_type, "future_mbo");
      match(server.log, /producer_latency/);
    } finally {
      await server.kill();
    }
  });
});
