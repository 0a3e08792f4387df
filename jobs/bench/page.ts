import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { hasChromium, type PageProbe, waitForColumns, withPage } from "./browser.ts";
import type { BenchRow } from "./row.ts";
import { ROOT, ServerProcess } from "./server_process.ts";

const BUNDLE_DIR = join(ROOT, "_fresh");
const HISTORY_BINS = 1_200;
/** How often each start is measured; odd. */
const START_TURNS = 3;
const FRAMES_MS = 12_000;

/** Gzip size of every script that the page loads. */
export async function pageRows(): Promise<BenchRow[]> {
  const server = await ServerProcess.start();
  try {
    const scripts = await loadScripts(server.url);
    const sum = (size: (bytes: Uint8Array) => number) =>
      [...scripts.values()].reduce((total, bytes) => total + size(bytes), 0) / 1_000;
    return [{
      name: "page",
      what: "JavaScript of the page, gzip",
      unit: "kB",
      measured: sum((bytes) => gzipSync(bytes).length),
      baseline: { what: "the same uncompressed", value: sum((bytes) => bytes.length) },
      reach: { bound: "at most", value: 130 },
      note: `${scripts.size} scripts`,
    }];
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
    for (let turn = 0; turn < START_TURNS; turn++) {
      await removeBundle();
      cold.push(await firstBinMs());
      warm.push(await firstBinMs());
    }
    const row = (what: string, ms: number[]): BenchRow => ({
      name: "first-bin",
      what: `deno task start to the first bin in the browser, ${what}`,
      unit: "ms",
      measured: ms.toSorted((a, b) => a - b)[START_TURNS >> 1]!,
      baseline: null,
      reach: { bound: "at most", value: 3_000 },
      note: `median of ${ms.map(Math.round).join(", ")} ms; dependencies cached, browser open`,
    });
    return [row("no bundle kept", cold), row("bundle kept", warm)];
  } finally {
    if (hadBundle) {
      await removeBundle();
      await rename(kept, BUNDLE_DIR);
    }
  }
}

/** What drawing costs a frame with a full history. */
export async function frameRows(): Promise<BenchRow[]> {
  if (!hasChromium()) return [];
  const server = await ServerProcess.start();
  try {
    return await withPage(async (page) => {
      await page.goto(server.url, { waitUntil: "commit" });
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

async function firstBinMs(): Promise<number> {
  return await withPage(async (page) => {
    const server = await ServerProcess.start();
    try {
      await page.goto(server.url, { waitUntil: "commit" });
      await waitForColumns(page, 1);
      return performance.now() - server.spawnedMs;
    } finally {
      await server.stop();
    }
  });
}

/** Scripts by URL, following imports from the page's HTML. */
async function loadScripts(origin: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  const html = await (await fetch(`${origin}/`)).text();
  const queue = scriptUrls(html, `${origin}/`);
  for (let url = queue.pop(); url !== undefined; url = queue.pop()) {
    if (found.has(url)) continue;
    const response = await fetch(url);
    const bytes = await response.bytes();
    if (!response.ok) throw new Error(`Cannot load a script of the page: ${url}`);
    found.set(url, bytes);
    queue.push(...scriptUrls(new TextDecoder().decode(bytes), url));
  }
  if (found.size === 0) throw new Error("Cannot find a script in the page");
  return found;
}

function scriptUrls(text: string, from: string): string[] {
  const urls = [...text.matchAll(/["'(]([^"'()\s<>]+\.js(?:\?[^"'()\s<>]*)?)["')]/g)];
  return urls.map((match) => match[1]!)
    .filter((url) => /^(\.{0,2}\/|http)/.test(url))
    .map((url) => new URL(url, from).href)
    .filter((url) => new URL(url).origin === new URL(from).origin);
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
