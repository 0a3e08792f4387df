import { type Browser, chromium, type Page } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";
const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What the page tells about itself; see `islands/Heatmap.tsx`. */
export interface PageProbe {
  frameStats(): { readonly frames: number; readonly drawP50: number; readonly drawP95: number };
  resetFrameStats(): void;
  /** Columns that are kept, and how many of them are holes, such as those of a past that comes. */
  geometry(): { readonly length: number; readonly holes: number } | null;
}

/** Whether there is a Chromium to measure with. */
export function hasChromium(): boolean {
  try {
    return Deno.statSync(CHROMIUM).isFile;
  } catch {
    return false;
  }
}

/** Gives `work` an empty page of 1440 by 900 in a Chromium of its own, and closes it. */
export async function withPage<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  try {
    const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
    return await work(await context.newPage());
  } finally {
    await browser.close();
  }
}

/** Waits until the page has taken in and drawn at least `columns` bins. */
export async function waitForColumns(page: Page, columns: number): Promise<void> {
  await page.waitForFunction(
    (least) => {
      const probe = (globalThis as { __lotus?: PageProbe }).__lotus;
      const geometry = probe?.geometry() ?? null;
      if (geometry === null || probe!.frameStats().frames === 0) return false;
      return geometry.length - geometry.holes >= least;
    },
    columns,
    { polling: "raf", timeout: 60_000 },
  );
}
