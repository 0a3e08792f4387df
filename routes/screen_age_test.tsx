import { ok } from "node:assert/strict";
import { type CDPSession, errors, type Page } from "playwright-core";
import { browserTest } from "../jobs/testing/browser.ts";
import { NO_TAPES, sharedMarket } from "../jobs/testing/served_market.ts";
import type { ServerProcess } from "../jobs/testing/server.ts";
import { StreamReader } from "../jobs/testing/stream_reader.ts";

/** A wait that has not come true by then has failed. */
const WAIT_MS = 120_000;
/** How far the reader's clock is off, ms. */
const OFF_MS = 3_600_000;
/** How far the age that is shown may be from the true one, ms. */
const REACH_MS = 100;
/** How many times slower the page is made. */
const SLOWEST = 20;
/** How long a page so slow has for its first ages, ms: on a busy machine it may get no frame to draw in. */
const SLOWEST_MS = 15_000;
/** How many times slower it is while it hangs. */
const SLOWER = 4;
/** Ages that are waited for, before the page hangs and after: at such a pace each takes a second. */
const AGES = 10;
const AGES_AFTER = 4;
/** Times that the page is made to hang, at most, until it shows an old picture. */
const MOST_HANGS = 5;
/** Share of the ages that may be noted late on a busy machine. */
const OUTLIERS = 0.05;

const market = sharedMarket(NO_TAPES);

/** What the page said, and what was on it then. */
interface Said {
  readonly atMs: number;
  readonly text: string;
  readonly ageMs: number;
  /** Number of the newest bin that was drawn. */
  readonly bin: number;
}

/** Whether an old picture was told of. */
const isOld = ({ text }: Said) => /^(Behind|Catching up|Stale)/.test(text);

/** Times of the server's bins, as a reader beside the page has them. */
class Truth {
  readonly #endMs = new Map<number, number>();
  /** The feed's clock less this machine's: no bin comes before it is due. */
  #aheadMs = -Infinity;
  readonly #reader: StreamReader;
  #isOver = false;
  readonly done: Promise<void>;

  constructor(server: ServerProcess) {
    this.#reader = new StreamReader(`${server.wsUrl}/v1/pressure/stream?backfill=1200`);
    this.done = this.#read();
  }

  /** Age of a picture with a bin at a time of this machine, ms. */
  ageOf({ bin, atMs }: Said): number {
    const endMs = this.#endMs.get(bin);
    if (endMs === undefined) throw new Error(`Bin ${bin} was never sent`);
    return atMs + this.#aheadMs - endMs;
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.#reader.close();
    await this.done;
  }

  async #read(): Promise<void> {
    for (let frame = await this.#reader.next(); frame !== null; frame = await this.#reader.next()) {
      if (this.#isOver || frame.type !== "grid_update") continue;
      const endMs = Number(BigInt(String(Reflect.get(frame, "bin_end_ns")))) / 1e6;
      this.#endMs.set(Number(Reflect.get(frame, "bin_seq")), endMs);
      this.#aheadMs = Math.max(this.#aheadMs, endMs - Date.now());
    }
  }
}

/** Notes every age that the page shows, in the frame in which it does. */
async function record(page: Page): Promise<void> {
  await page.evaluate((offMs) => {
    const said: Said[] = [];
    Object.assign(globalThis, { said });
    const badge = document.querySelector<HTMLElement>(".health")!;
    new MutationObserver(() => {
      const atMs = Date.now() - offMs;
      const geometry = globalThis.__lotus?.geometry() as { newestBin: number } | null;
      const ageMs = badge.dataset["ageMs"] ?? "";
      if (geometry === null || ageMs === "") return;
      said.push({
        atMs,
        text: badge.querySelector(".words")?.textContent ?? "",
        ageMs: Number(ageMs),
        bin: geometry.newestBin,
      });
    }).observe(badge, { attributes: true, attributeFilter: ["data-age-ms"] });
  }, OFF_MS);
}

/** Waits until the page has shown so many ages. Looks seldom: each look takes from the little that the page has. */
async function saidAtLeast(page: Page, count: number, timeout = WAIT_MS): Promise<void> {
  await page.waitForFunction(
    (count) => (Reflect.get(globalThis, "said") as Said[]).length >= count,
    count,
    { polling: 500, timeout },
  );
}

/** Waits for ages of a page that is as slow as can be. Returns how many came. */
async function saidWhileSlowest(page: Page, cdp: CDPSession): Promise<number> {
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWEST });
  try {
    await saidAtLeast(page, AGES, SLOWEST_MS);
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
  }
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  return (await saidBy(page)).length;
}

const saidBy = (page: Page) => page.evaluate(() => Reflect.get(globalThis, "said") as Said[]);

browserTest(
  "Heatmap shows the age of what is drawn within 100 ms, on a slow page and with a wrong clock",
  async (page) => {
    page.setDefaultTimeout(WAIT_MS);
    await page.addInitScript((offMs) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + offMs;
    }, OFF_MS);
    const { server } = await market();
    const truth = new Truth(server);
    await page.goto(`${server.url}/heatmap`);
    await page.locator('.health[data-kind="live"]').waitFor();
    await record(page);
    const cdp = await page.context().newCDPSession(page);
    const slowest = await saidWhileSlowest(page, cdp);
    await saidAtLeast(page, slowest + AGES);
    // A page that hangs draws nothing meanwhile: what it shows afterwards is as old as that, unless it
    // takes in all that came before it draws again; then it hangs once more.
    for (
      let hang = 0;
      hang === 0 || (hang < MOST_HANGS && !(await saidBy(page)).some(isOld));
      hang++
    ) {
      await page.evaluate(() => {
        const untilMs = performance.now() + 4_000;
        while (performance.now() < untilMs);
      });
      await saidAtLeast(page, (await saidBy(page)).length + AGES_AFTER);
    }
    const said = await saidBy(page);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    await truth.end();
    const off = said.map((one) => Math.abs(one.ageMs - truth.ageOf(one)));
    const worst = Math.max(...off);
    const oldest = Math.max(...said.map(({ ageMs }) => ageMs));
    const mean = off.reduce((sum, ms) => sum + ms, 0) / off.length;
    console.log(
      `${said.length} ages shown, ${slowest} of them ${SLOWEST} times slower, up to ${oldest} ms: off by ${
        Math.round(mean)
      } ms on average, ` +
        `${Math.round(worst)} ms at most`,
    );
    // A thread that is throttled stands still for many times as long as other work keeps it waiting,
    // now and then between the reckoning of an age and the note of it.
    const wrong = said.filter((_, i) => off[i]! > REACH_MS);
    const told = JSON.stringify(wrong.map((one) => [one, truth.ageOf(one)]));
    ok(wrong.length <= Math.max(1, said.length * OUTLIERS), told);
    ok(said.some(isOld), "it hung unseen");
    ok(said.some(({ text }) => /^Live \d\.\d s$/.test(text)));
  },
);
