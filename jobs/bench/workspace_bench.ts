import { chromium, type Page } from "playwright-core";
import { z } from "zod";
import { withTempDir } from "../testing/market_files.ts";
import { ServerProcess } from "../testing/server.ts";

/*
 * What the workspace costs the browser at the highest load of the market: five tapes on screen.
 *
 *     deno run --allow-all jobs/bench/workspace_bench.ts [seconds]
 *
 * Server and browser share the machine and there is no GPU, so frames also wait for the server.
 */

const CHROMIUM = "/usr/bin/chromium";
const ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
const WARM_UP_MS = 15_000;
/** A past of some minutes at the highest load takes so long at most. */
const CATCH_UP_MS = 300_000;

const Seconds = z.coerce.number().int().min(5).max(3_600).default(60);

/** Totals of the browser since the page began, seconds, bytes and counts. */
interface Totals {
  readonly TaskDuration: number;
  readonly ScriptDuration: number;
  readonly JSHeapUsedSize: number;
  readonly Nodes: number;
}

/** What the page noted while it was watched, ms. */
interface Watched {
  readonly frames: readonly number[];
  readonly ages: readonly number[];
  readonly longTasks: readonly number[];
  readonly elements: number;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Watches frames, long tasks and the age of the newest share print when it is first drawn. */
async function watch(page: Page, ms: number): Promise<Watched> {
  return await page.evaluate(async (ms) => {
    const frames: number[] = [];
    const ages: number[] = [];
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longTasks.push(entry.duration);
    });
    observer.observe({ entryTypes: ["longtask"] });
    const zone = new Intl.DateTimeFormat("en-GB", {
      timeZone: "America/New_York",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    let shown = "";
    const begin = performance.now();
    let last = begin;
    while (last - begin < ms) {
      const now = await new Promise<number>(requestAnimationFrame);
      frames.push(now - last);
      last = now;
      const row = document.querySelector(
        '[data-pane="equities"] .tr[aria-rowindex="2"]:not([hidden])',
      );
      const time = row?.firstElementChild?.textContent ?? "";
      if (time === shown || !/^\d\d:\d\d:\d\d\.\d{3}$/.test(time)) continue;
      shown = time;
      const wall = Date.now();
      const secondsOf = (clock: string) => {
        const [h = 0, m = 0, s = 0] = clock.split(":").map(Number);
        return h * 3_600 + m * 60 + s;
      };
      const wallMs = secondsOf(zone.format(wall)) * 1_000 + wall % 1_000;
      ages.push(wallMs - secondsOf(time) * 1_000);
    }
    observer.disconnect();
    return { frames, ages, longTasks, elements: document.querySelectorAll("*").length };
  }, ms);
}

async function measure(url: string, seconds: number): Promise<void> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  try {
    const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
    const cdp = await page.context().newCDPSession(page);
    // Time on the processor, not on the wall: other work on the machine must not count.
    await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
    const totals = async (): Promise<Totals> => {
      await cdp.send("HeapProfiler.collectGarbage");
      const { metrics } = await cdp.send("Performance.getMetrics");
      return Object.fromEntries(metrics.map(({ name, value }) => [name, value])) as
        & object
        & Totals;
    };
    await page.goto(url);
    await page.locator("html[data-islands~=Workspace]").waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("tape desk");
    await page.keyboard.press("Enter");
    await page.locator('[data-pane="equities"] .tr[data-row]').first().waitFor({ timeout: 60_000 });
    await watch(page, WARM_UP_MS);
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    const before = await totals();
    const seen = await watch(page, seconds * 1_000);
    const after = await totals();
    const share = (after.TaskDuration - before.TaskDuration) / seconds;
    const grown = (after.JSHeapUsedSize - before.JSHeapUsedSize) / 2 ** 20;
    const report = {
      seconds,
      task_share: round(share),
      script_share: round((after.ScriptDuration - before.ScriptDuration) / seconds),
      frame_ms_p50: round(quantile(seen.frames, 0.5)),
      frame_ms_p95: round(quantile(seen.frames, 0.95)),
      frame_ms_p99: round(quantile(seen.frames, 0.99)),
      long_tasks: seen.longTasks.length,
      long_task_ms_max: round(Math.max(0, ...seen.longTasks)),
      rows_seen: seen.ages.length,
      row_age_ms_p50: round(quantile(seen.ages, 0.5)),
      row_age_ms_p99: round(quantile(seen.ages, 0.99)),
      heap_mib: round(after.JSHeapUsedSize / 2 ** 20),
      heap_growth_mib: round(grown),
      elements: seen.elements,
      requests: requests.length,
    };
    console.log(JSON.stringify(report, null, 2));
  } finally {
    await browser.close();
  }
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

/** Rows the server published in a second, by its own count. */
async function published(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const counted = text.split("\n").filter((line) =>
    /^lotus_tape_published_rows_total\b/.test(line)
  );
  return counted.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}

/** Waits until the market has made its past and prints at the time that it is. */
async function caughtUp(url: string): Promise<void> {
  const deadline = Date.now() + CATCH_UP_MS;
  while (Date.now() < deadline) {
    const { data } = await (await fetch(`${url}/prints/equities?limit=1`)).json();
    if (Date.now() - (data[0]?.ts ?? 0) < 3_000) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error(`The market is still behind after ${CATCH_UP_MS / 1_000} s`);
}

if (import.meta.main) {
  const seconds = Seconds.parse(Deno.args[0]);
  await withTempDir(async (data) => {
    const server = await ServerProcess.start({
      LOTUS_DATA_DIR: data,
      SYNTHETIC_LOAD: "firehose",
      SYNTHETIC_BACKFILL_MINUTES: "1",
    });
    try {
      await caughtUp(server.url);
      const [rows, at] = [await published(server.url), performance.now()];
      await measure(server.url, seconds);
      const rate = (await published(server.url) - rows) / ((performance.now() - at) / 1_000);
      console.log(`rows published per second: ${rate.toFixed(0)}`);
    } finally {
      await server.kill();
    }
  });
}
