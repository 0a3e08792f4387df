import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import {
  analyse,
  type AnalysisOptions,
  DEFAULTS,
  ResultStore,
} from "../jobs/research/analysis/mod.ts";
import { writeSynthFile } from "../jobs/cli/synth_file.ts";
import { browserTest } from "../jobs/testing/browser.ts";
import { parquetRows } from "../jobs/testing/parquet_rows.ts";
import { stillMarket } from "../jobs/testing/served_market.ts";
import { PATIENCE_MS } from "../jobs/testing/patience.ts";

type Ids = Readonly<Record<AnalysisOptions["mode"], string>>;

const market = stillMarket();

const STAMP = "SYNTHETIC REPLAY · ESH6 · 2026-01-06 · market.dbn";

/** Puts one result per mode into a data folder. */
async function fill(data: string): Promise<Ids> {
  const input = join(data, "market.dbn");
  await writeSynthFile({
    seed: 4,
    minutes: 2,
    preset: "balanced_demo",
    startNs: BigInt(Date.parse("2026-01-06T15:00:00Z")) * 1_000_000n,
    out: input,
  });
  const store = new ResultStore(data);
  const ids: Record<string, string> = {};
  for (const mode of ["default", "regime", "projection_experiment"] as const) {
    const result = await analyse({
      ...DEFAULTS,
      mode,
      input,
      dataDir: data,
      instrument: "",
      product_type: null,
      symbol: null,
      model: null,
      dt: null,
      start_time: "10:00:20",
      eval_start: "10:01",
      eval_end: "10:02",
      regime: { ...DEFAULTS.regime, signal_warmup_bins: 100, max_hold_snapshots: 100 },
      sweep: {
        signal: "ads",
        thresholds: [0.05, 0.1],
        cooldowns: [10, 30],
        tp_ticks: [4],
        sl_ticks: [2, 4],
        max_holds: [100],
      },
    }, { jobs: 1 });
    await store.put(result);
    ids[mode] = result.id;
  }
  return ids as Ids;
}

async function inked(page: Page, figure: string): Promise<void> {
  await page.locator("figure", { hasText: figure }).locator("canvas").first().waitFor();
  await page.waitForFunction(
    (name) => {
      const figures = [...document.querySelectorAll("figure")];
      const canvas = figures.find((own) => own.textContent?.includes(name))?.querySelector(
        "canvas",
      );
      const context = canvas?.getContext("2d");
      if (!context || !canvas || canvas.width === 0) return false;
      return context.getImageData(0, 0, canvas.width, canvas.height).data.some((value) =>
        value > 0
      );
    },
    figure,
    { timeout: PATIENCE_MS },
  );
}

/** Every size shows every result; each chart is to be had as files. */
async function showsResults(page: Page, url: string, ids: Ids): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${url}/research?id=${ids.regime}`);
  strictEqual(await page.locator(".research-list li").count(), 3);
  const stamp = page.locator(".research-stamp");
  strictEqual(await stamp.innerText(), STAMP);
  for (const figure of ["Equity", "Take profit within", "Take profit by", "Sweep of ads"]) {
    await inked(page, figure);
  }
  ok(await page.locator(".research-strata tbody tr").count() > 4);
  await page.locator(".research-choice select").first().selectOption({ index: 4 });
  await page.locator(".research-choice", { hasText: "trades" }).first().waitFor();
  await page.getByLabel("Measure").selectOption("1");
  await inked(page, "Sweep of ads");
  for (const link of await page.locator("figure a").all()) {
    const answer = await page.request.get(`${url}${await link.getAttribute("href")}`);
    strictEqual(answer.status(), 200, await link.getAttribute("href") ?? "");
  }
  await page.emulateMedia({ forcedColors: "active" });
  for (const mark of [".u-marker", ".research-bar i", ".research-legend .swatch"]) {
    const one = page.locator(mark).first();
    strictEqual(await one.evaluate((own) => getComputedStyle(own).forcedColorAdjust), "none", mark);
  }
  await page.emulateMedia({ forcedColors: "none" });
  await page.setViewportSize({ width: 390, height: 844 });
  for (const mode of ["default", "regime", "projection_experiment"] as const) {
    await page.goto(`${url}/research?id=${ids[mode]}`);
    await page.locator("figure canvas").first().waitFor();
    strictEqual(await page.evaluate(() => document.documentElement.scrollWidth), 390, mode);
    strictEqual(await stamp.innerText(), STAMP);
  }
}

browserTest(
  "Research shows its results at both sizes, every chart as files, and says what is wrong: " +
    "no results, an unknown one, a server that fails",
  async (page) => {
    const { url, data } = await market();
    await page.goto(`${url}/research`);
    match(await page.locator(".research-note").innerText(), /No result yet.*lotus analyze/s);
    const ids = await fill(data);
    await showsResults(page, url, ids);
    const answer = await page.goto(`${url}/research?id=0000000000000000`);
    strictEqual(answer?.status(), 404);
    match(await page.getByRole("alert").innerText(), /Cannot find a result/);
    await page.route("**/v1/research/results/*", (route) => route.fulfill({ status: 503 }));
    await page.goto(`${url}/research?id=${ids.default}`);
    const note = page.getByRole("alert");
    match(await note.innerText(), /Cannot draw the result: The server answered 503/);
    await page.unroute("**/v1/research/results/*");
    await note.getByRole("button", { name: "Try again" }).click();
    await inked(page, "Hit rate of projections");
    await files(url, ids);
    await older(page, url, data, ids.default);
  },
);

/** A result that an older release made does not say what its input was, and no more is claimed. */
async function older(page: Page, url: string, data: string, id: string): Promise<void> {
  const path = join(data, "research", "results", `${id}.json`);
  const result = JSON.parse(await Deno.readTextFile(path));
  delete result.input.provenance;
  await Deno.writeTextFile(path, JSON.stringify(result));
  await page.goto(`${url}/research?id=${id}`);
  strictEqual(
    await page.locator(".research-stamp").innerText(),
    "input kind not recorded · market.dbn",
  );
  match(
    await page.locator(".research-list [aria-current=page]").innerText(),
    /input kind not recorded/,
  );
  const csv = await (await fetch(`${url}/v1/research/results/${id}/projection`)).text();
  match(csv, /,input kind not recorded · ESH6 · 2026-01-06 · market\.dbn\n/);
}

/** The routes behind the page. */
async function files(url: string, ids: Ids): Promise<void> {
  const base = `${url}/v1/research/results`;
  const { results } = await (await fetch(base)).json();
  deepStrictEqual(
    results.map((entry: { id: string }) => entry.id).sort(),
    Object.values(ids).sort(),
  );
  const csv = await (await fetch(`${base}/${ids.regime}/trades`)).text();
  const parquet = await fetch(`${base}/${ids.regime}/trades?format=parquet`);
  match(parquet.headers.get("content-disposition") ?? "", /-trades-synthetic-replay\.parquet"$/);
  const rows = await parquetRows(await parquet.arrayBuffer());
  const [head, ...lines] = csv.trimEnd().split("\n");
  strictEqual(lines.length, rows.length);
  ok(head?.endsWith(",provenance") && lines.every((line) => line.endsWith(`,${STAMP}`)));
  const status = async (path: string) => {
    const answer = await fetch(`${base}/${path}`);
    await answer.body?.cancel();
    return answer.status;
  };
  deepStrictEqual(
    [
      await status(`${ids.regime}/trades?format=xls`),
      await status(`${ids.regime}/secrets`),
      await status(`${ids.default}/trades`),
      await status("0000000000000000"),
      await status("..%2f..%2fconfig"),
    ],
    [400, 400, 404, 404, 400],
  );
}
