import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { type Bar, vwap } from "../islands/lib/chart/candle_store.ts";
import { browserTest } from "../jobs/testing/browser.ts";
import { rowsAt, type SharedMarket } from "../jobs/testing/served_market.ts";
import { PATIENCE_MS } from "../jobs/testing/patience.ts";

/** A stretch without a candle after which the average starts again, ms. */
const SESSION_GAP_MS = 1_800_000;
/** Of two minutes of tape nearly every one has an event; one that has none waits for the next. */
const EVENT_MS = 120_000;

interface StoredEvent {
  readonly event_id: string;
  readonly source_ts: number;
  readonly underlying_id: string;
  readonly packet_ids: readonly string[];
  readonly member_print_ids: readonly string[];
  readonly abstained: boolean;
  readonly probability: number | null;
}

async function openDesk(page: Page, url: string): Promise<void> {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.setViewportSize({ width: 1_440, height: 900 });
  await page.goto(url);
  await page.locator("html[data-islands~=Workspace]").waitFor();
  // Events follow prints: once there is one, the rest of its lineage is stored as well.
  await page.locator('[data-pane="smart"] .tr[data-row]:not([hidden])').first()
    .waitFor({ timeout: EVENT_MS });
}

/** What is stored of an event's prints. */
async function printsOf(url: string, event: StoredEvent) {
  return await rowsAt(`${url}/option-prints/by-trace?trace_id=${event.member_print_ids.join(",")}`);
}

/** Prints of contracts that nobody quotes wake the makers: the first one has no quote before it. */
const UNQUOTED: readonly unknown[] = ["MISSING", "STALE"];

/** Of the newest events whose first print met a quote the one with the most prints. */
async function fullestEvent(url: string): Promise<StoredEvent> {
  const rows = await rowsAt(`${url}/flow/smart-money?limit=100&include_abstained=true`);
  const events = rows as unknown as readonly StoredEvent[];
  const byPrints = events.toSorted((a, b) => b.member_print_ids.length - a.member_print_ids.length);
  for (const event of byPrints) {
    const prints = await printsOf(url, event);
    const [first] = prints.toSorted((a, b) => Number(a["seq"]) - Number(b["seq"]));
    if (first !== undefined && !UNQUOTED.includes(first["nbbo_side"])) return event;
  }
  throw new Error("There is no event whose first print met a quote");
}

/** Declares the test of evidence, chart and chain over a market whose past is made. */
export function evidenceTest(market: () => Promise<SharedMarket>): void {
  browserTest(
    "evidence, chart and chain show what the market stored: lineage, candles, contracts",
    async (page) => {
      const { url } = await market();
      await openDesk(page, url);
      await showsOpen(page, url);
      await showsLineage(page, url);
      await showsCandles(page, url);
      await showsChain(page, url);
    },
  );
}

/** Changes of tickers are measured from the session's open, and say so. */
async function showsOpen(page: Page, url: string): Promise<void> {
  const { prices } = await (await fetch(`${url}/v1/session/open`)).json();
  await page.locator(".tickers .base").filter({ hasText: /since the open, \d\d:\d\d ET/ })
    .waitFor();
  const line = page.locator(".tickers .ticker").filter({ hasText: /%/ }).first();
  await line.waitFor(); // the open is known before the first price has come
  const [symbol = "", price = "", move = ""] = await line.locator("span").allTextContents();
  const shown = Number(move.replace("\u2212", "-").replace(/[^\d.-]/g, ""));
  const wanted = (Number(price.replace(/\s/g, "")) / prices[symbol] - 1) * 100;
  ok(Math.abs(shown - wanted) < 0.02, `${symbol} ${price} ${move}, opened at ${prices[symbol]}`);
}

async function showsLineage(page: Page, url: string): Promise<void> {
  const event = await fullestEvent(url);
  const { event_id: id, underlying_id: symbol, source_ts: ts } = event;
  const link = new URLSearchParams({ evidence: ["smart-money", symbol, ts, id].join("~") });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${url}/?${link}`);
  const drawer = page.locator('.evidence[data-state="ready"]');
  await drawer.waitFor();
  strictEqual(await drawer.locator(".unresolved").count(), 0);
  strictEqual(await drawer.locator(".warn-line").count(), 0); // scored again it gives the same
  strictEqual(await drawer.locator(".bars li").count(), 6);
  // A score is called one, and what is known of its reliability stands beside it.
  const values = await drawer.locator(".bars .value").allTextContents();
  ok(values.every((text) => /^(−|-|≥)?\d\.\d\d$/.test(text)), values.join());
  const certainty = await drawer.locator(".certainty").allTextContents();
  if (event.abstained) {
    strictEqual(event.probability, null);
    deepStrictEqual(certainty, []);
  } else {
    match(
      certainty.join(),
      /^score ≥?\d\.\d\d, right in (over )?\d\d? % of such events \(synthetic labels, /,
    );
    await drawer.getByText(/^Reliability: P is off by \d/).click();
    await drawer.locator(".reliability-curve svg").waitFor();
  }
  const ids = event.member_print_ids;
  const stored = await printsOf(url, event);
  strictEqual(stored.length, ids.length);
  const marks = await drawer.locator(".micro path.print title").allTextContents();
  const size = (text: string) => Number(/ET {2}(\d+) @/.exec(text)?.[1]);
  const contracts = new Set(stored.map((row) => String(row["option_contract_id"])));
  if (contracts.size <= 4) {
    const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);
    strictEqual(marks.length, ids.length);
    strictEqual(sum(marks.map(size)), sum(stored.map((row) => Number(row["size"]))));
  }
  await quotesStandBeforePrints(drawer, url, stored);
  const packets = await drawer.locator(".tree .mono").allTextContents();
  deepStrictEqual(packets.toSorted(), event.packet_ids.toSorted());
  await drawer.getByRole("button", { name: "Copy JSON" }).click();
  await drawer.getByText("Record copied").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  strictEqual(JSON.parse(copied).event_id, id);
  strictEqual(JSON.parse(copied).abstained, event.abstained);
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });
}

/** Age up to which a quote before the first print is shown, ms; with room for the first step. */
const QUOTE_AGE_MS = 29_500;

/** A small chart shows the quote that was in force when the contract's first print came, or says that none was. */
async function quotesStandBeforePrints(
  drawer: Locator,
  url: string,
  prints: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const charts = await drawer.locator(".micro").evaluateAll((figures) =>
    figures.map((figure) => {
      const startsOf = (part: string) =>
        [...figure.querySelectorAll(part)].flatMap((path) =>
          [...(path.getAttribute("d") ?? "").matchAll(/M([\d.]+)/g)].map((found) =>
            Number(found[1])
          )
        );
      const contract = figure.querySelector("figcaption .mono")?.textContent ?? "";
      const note = figure.querySelector(".unquoted")?.textContent ?? "";
      return { contract, band: startsOf(".band"), prints: startsOf(".print"), note };
    })
  );
  let quoted = 0;
  for (const { contract, band, prints: drawn, note } of charts) {
    const own = prints.filter((print) => print["option_contract_id"] === contract);
    const without = own.filter((print) => UNQUOTED.includes(print["nbbo_side"])).length;
    const told = [...note.matchAll(/(\d+) prints?/g)].reduce((sum, [, n]) => sum + Number(n), 0);
    strictEqual(told, without, `${contract}: "${note}"`);
    const firstTs = Math.min(...own.map((print) => Number(print["ts"])));
    const query = new URLSearchParams({
      option_contract_id: contract,
      before_ts: `${firstTs}`,
      before_seq: "0",
      limit: "1",
    });
    const [before] = await rowsAt(`${url}/history/nbbo?${query}`);
    if (before === undefined || Number(before["ts"]) < firstTs - QUOTE_AGE_MS) continue;
    ok(Math.min(...band) < Math.min(...drawn), `${contract}: ${band} begins after ${drawn}`);
    quoted++;
  }
  ok(quoted > 0, "no contract had a quote before its first print");
}

async function showsCandles(page: Page, url: string): Promise<void> {
  const pane = page.locator('[data-pane="chart"]');
  const readout = pane.locator(".chart-readout");
  await readout.waitFor();
  await page.keyboard.press("c");
  await page.waitForFunction(() => document.activeElement?.matches(".chart"));
  await page.waitForFunction(() => {
    const time = () => document.querySelector(".chart-readout span")?.textContent;
    const [newest, chart] = [time(), document.activeElement];
    // The newest candle still changes, the one before does not.
    chart?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
    return new Promise<boolean>((resolve) =>
      requestAnimationFrame(() => resolve(time() !== newest))
    );
  });
  const text = (await readout.textContent() ?? "").replaceAll("\u2009", "");
  const said = /(\d\d:\d\d) ET\s*O ([\d.]+)\s*H ([\d.]+)\s*L ([\d.]+)\s*C ([\d.]+)\s*V (\d+)/
    .exec(text);
  ok(said !== null, text);
  const rows = await rowsAt(
    `${url}/candles/equities?underlying_id=SPY&interval_ms=60000&limit=1000`,
  );
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone: "America/New_York",
    hour: "2-digit",
    minute: "2-digit",
  });
  const candle = rows.find((row) => clock.format(Number(row["ts"])) === said[1]);
  ok(candle !== undefined, `no candle at ${said[1]}`);
  const price = (name: string) => Number(candle[name]).toFixed(2);
  deepStrictEqual(
    said.slice(2),
    [price("open"), price("high"), price("low"), price("close"), `${candle["volume"]}`],
  );
  const shown = /VWAP\s*([\d.]+)/.exec(text)?.[1];
  const bars = rows.map((row) => ({ ...row, offVolume: 0 }) as unknown as Bar)
    .toSorted((a, b) => a.ts - b.ts);
  const outline = await (await fetch(`${url}/v1/session?symbol=SPY`)).json();
  const averages = vwap(bars, SESSION_GAP_MS, outline.open_ts);
  strictEqual(shown, averages[bars.findIndex((bar) => bar.ts === candle["ts"])]!.toFixed(2));
  const colours = () =>
    pane.locator("canvas").evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const data = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height).data;
      return new Set(new Uint32Array(data.buffer)).size;
    });
  ok(await colours() > 8, "nothing is drawn");
  await page.getByRole("button", { name: "Filter Chart" }).click();
  await pane.getByRole("button", { name: "Heikin Ashi" }).click();
  await readout.filter({ hasText: "HA" }).waitFor();
}

async function showsChain(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/?symbols=SPY`);
  await page.locator("html[data-islands~=Workspace]").waitFor();
  await page.keyboard.press("n");
  const chain = page.locator('[data-pane="chain"] .chain');
  await chain.locator(".chain-row").first().waitFor();
  const expiry = chain.getByRole("combobox", { name: "Expiry" });
  const shown = await expiry.inputValue();
  await expiry.selectOption(shown); // one that is quoted later may be nearer
  const quoted = await rowsAt(`${url}/nbbo/options?underlying_id=SPY&limit=1000`);
  const strikes = quoted.map((row) => String(row["option_contract_id"]))
    .filter((id) => id.startsWith(`SPY-${shown}-`)).map((id) => Number(id.split("-")[4]));
  const { expiries } = await (await fetch(`${url}/v1/options/listing?symbol=SPY`)).json();
  const listed: { readonly expiry: string; readonly strikes: readonly number[] }[] = expiries;
  const all = listed.find((one) => one.expiry === shown)?.strikes ?? [];
  ok(all.length > new Set(strikes).size, `${all.length} strikes of ${shown} are listed`);
  await page.waitForFunction((strikes) => {
    const heads = [...document.querySelectorAll(".chain-row .strike")];
    const drawn = new Set(heads.map((head) => Number(head.textContent?.replace(/\s/g, ""))));
    return strikes.every((strike) => drawn.has(strike));
  }, [...strikes, ...all]);
  // What nobody quoted is there and says so; what is in the curves is counted.
  await chain.getByText("no quote yet").first().waitFor();
  await chain.locator("[data-quoted]").filter({ hasText: /^\d+ of \d+ strikes quoted$/ }).waitFor();
  // The curves stand where there is room for them.
  await page.locator('[data-pane="chain"]').getByRole("button", { name: /^Maximise/ }).click();
  await chain.locator(".curve figcaption").filter({ hasText: /\d+ of \d+ strikes, quotes of/ })
    .first().waitFor();
  await chain.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await chain.locator("[role=status].sr").filter({ hasText: /SPY .* P, (bid|no quote yet)/ })
    .waitFor({ state: "attached" });
  await page.keyboard.press("]");
  await page.waitForFunction(
    (before) => document.querySelector<HTMLSelectElement>(".chain-bar select")?.value !== before,
    shown,
  );
  ok(await expiry.inputValue() > shown);
}
