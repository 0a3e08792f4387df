import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { hasChromium, type PageProbe, waitForColumns, withPage } from "./browser.ts";
import type { BenchRow } from "./row.ts";
import { ROOT, ServerProcess } from "./server_process.ts";

const BUNDLE_DIR = join(ROOT, "_fresh");
const HISTORY_BINS = 1_200;
/** How often each start is measured; odd. */
const START_TURNS = 3;
const FRAMES_MS = 12_000;

/** Pages whose scripts are weighed, with the most that they may load, kB of gzip. */
const WEIGHED = [["/", "workspace", 170], ["/heatmap", "heatmap's page", 140], [
  "/surfaces",
  "page of the surfaces",
  130,
]] as const;

/** What the page of the surfaces tells of its picture. */
interface SurfacesProbe {
  geometry(): { readonly last: number } | null;
}

/** Gzip size of every script that a page loads before anybody touches it. */
export async function pageRows(): Promise<BenchRow[]> {
  if (!hasChromium()) return [];
  const server = await ServerProcess.start();
  try {
    const rows: BenchRow[] = [];
    for (const [path, name, most] of WEIGHED) {
      const scripts = await loadScripts(server.url + path);
      const sum = (size: (bytes: Uint8Array) => number) =>
        scripts.reduce((total, bytes) => total + size(bytes), 0) / 1_000;
      rows.push({
        name: "page",
        what: `JavaScript of the ${name}, gzip`,
        unit: "kB",
        measured: sum((bytes) => gzipSync(bytes).length),
        baseline: { what: "the same uncompressed", value: sum((bytes) => bytes.length) },
        reach: { bound: "at most", value: most },
        note: `${scripts.length} scripts`,
      });
    }
    return rows;
  } finally {
    await server.stop();
  }
}

/** From the start of the process to the first bin on screen, without and with a kept bundle. */
export async function firstBinRows(): Promise<BenchRow[]> {
  if (!hasChromium()) return [];
  const kept = `${BUNDLE_DIR}.kept-${Deno.pid}`;
  const hadBundle = await rename(BUNDLE_DIR, kept);
  try {
    const cold: number[] = [];
    const warm: number[] = [];
    const row: number[] = [];
    const surfaces: number[] = [];
    for (let turn = 0; turn < START_TURNS; turn++) {
      await removeBundle();
      cold.push(await firstMs("/heatmap", (page) => waitForColumns(page, 1)));
      await keepBundle();
      warm.push(await firstMs("/heatmap", (page) => waitForColumns(page, 1)));
      row.push(await firstMs("/", waitForRow));
      surfaces.push(await firstMs("/surfaces", waitForMove));
    }
    const asRow = (what: string, ms: number[], most = 3_000): BenchRow => ({
      name: "first-bin",
      what: `deno task start to the first ${what}`,
      unit: "ms",
      measured: ms.toSorted((a, b) => a - b)[START_TURNS >> 1]!,
      baseline: null,
      reach: { bound: "at most", value: most },
      note: `median of ${ms.map(Math.round).join(", ")} ms; dependencies cached, browser open`,
    });
    return [
      asRow("bin of the heatmap in the browser, no bundle kept", cold),
      asRow("bin of the heatmap in the browser, bundle kept", warm),
      asRow("option print in the workspace, bundle kept", row),
      asRow("move of the surfaces in the browser, bundle kept", surfaces, 5_000),
    ];
  } finally {
    if (hadBundle) {
      await removeBundle();
      await rename(kept, BUNDLE_DIR);
    }
  }
}

/** Bundles the islands ahead of a start, as `deno task build` does. */
async function keepBundle(): Promise<void> {
  const args = ["run", "--allow-all", "--quiet", join(ROOT, "jobs", "build", "main.ts")];
  const { success } = await new Deno.Command(Deno.execPath(), { args, stdout: "null" }).output();
  if (!success) throw new Error("Cannot measure a start with a kept bundle as none was made");
}

/** What drawing costs a frame with a full history. */
export async function frameRows(): Promise<BenchRow[]> {
  if (!hasChromium()) return [];
  const server = await ServerProcess.start();
  try {
    return await withPage(async (page) => {
      await page.goto(`${server.url}/heatmap`, { waitUntil: "commit" });
      await waitForColumns(page, HISTORY_BINS);
      const gaps = await page.evaluate(async (ms) => {
        const probe = (globalThis as { __lotus?: PageProbe }).__lotus!;
        probe.resetFrameStats();
        const gaps: number[] = [];
        const begin = performance.now();
        for (let last = begin; last - begin < ms;) {
          const now: number = await new Promise((resolve) => requestAnimationFrame(resolve));
          gaps.push(now - last);
          last = now;
        }
        return gaps.sort((a, b) => a - b);
      }, FRAMES_MS);
      const stats = await page.evaluate(() =>
        (globalThis as { __lotus?: PageProbe }).__lotus!.frameStats()
      );
      const gapP95 = gaps[Math.floor(gaps.length * 0.95)] ?? 0;
      return [{
        name: "frame",
        what: "drawing a frame, 1,200 bins, 10 bins/s, 1440 × 900, p95",
        unit: "ms",
        measured: stats.drawP95,
        baseline: null,
        reach: { bound: "at most" as const, value: 16 },
        note: `${stats.frames} drawn frames, p50 ${stats.drawP50.toFixed(1)} ms; ` +
          `gap between frames p95 ${gapP95.toFixed(1)} ms, drawn without a GPU`,
      }];
    });
  } finally {
    await server.stop();
  }
}

/** Time from the start of a process until its page shows something, ms. */
async function firstMs(path: string, shows: (page: Page) => Promise<unknown>): Promise<number> {
  return await withPage(async (page) => {
    const server = await ServerProcess.start();
    try {
      await page.goto(server.url + path, { waitUntil: "commit" });
      await shows(page);
      return performance.now() - server.spawnedMs;
    } finally {
      await server.stop();
    }
  });
}

/** Waits until the workspace shows an option print. */
async function waitForRow(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('[data-pane="options"] .tr[data-row]:not([hidden])') !== null,
    null,
    { polling: "raf", timeout: 60_000 },
  );
}

/** Waits until the surfaces are live and have drawn a newer window than the first one then. */
async function waitForMove(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const probe = (globalThis as { __lotusSurfaces?: SurfacesProbe }).__lotusSurfaces;
      const last = probe?.geometry()?.last;
      const isLive = document.querySelector('.health[data-kind="live"]') !== null;
      if (last === undefined || !isLive) return false;
      const first = Number(document.documentElement.dataset["firstDrawn"] ??= String(last));
      return last > first;
    },
    null,
    { polling: "raf", timeout: 60_000 },
  );
}

/** The scripts that a browser loads for a page. */
async function loadScripts(address: string): Promise<readonly Uint8Array[]> {
  return await withPage(async (page) => {
    const bodies: Promise<Uint8Array>[] = [];
    page.on("response", (response) => {
      const isScript = response.request().resourceType() === "script";
      if (isScript && response.ok()) bodies.push(response.body());
    });
    await page.goto(address, { waitUntil: "networkidle" });
    return await Promise.all(bodies);
  });
}

async function removeBundle(): Promise<void> {
  await Deno.remove(BUNDLE_DIR, { recursive: true }).catch(() => {});
}

async function rename(from: string, to: string): Promise<boolean> {
  try {
    await Deno.rename(from, to);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
