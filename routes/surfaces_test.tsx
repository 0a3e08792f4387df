import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import type { Table } from "apache-arrow";
import type { Page } from "playwright-core";
import { LADDER } from "../islands/lib/surfaces/cell_planes.ts";
import { LIVE_SURFACES, WindowDecoder } from "../islands/lib/surfaces/window_decoder.ts";
import { supposed } from "../islands/lib/surfaces/what_if.ts";
import { graveFindings } from "../jobs/testing/axe.ts";
import { browserTest } from "../jobs/testing/browser.ts";
import { PATIENCE_MS } from "../jobs/testing/patience.ts";
import { NO_TAPES, sharedMarket, stillMarket } from "../jobs/testing/served_market.ts";
import { SurfaceReader } from "../jobs/testing/surface_reader.ts";

const market = sharedMarket(NO_TAPES);
const still = stillMarket();

interface Geometry {
  readonly first: number;
  readonly last: number;
  /** Seconds that are still on their way. */
  readonly coming: number;
  readonly layout: { readonly dataWidth: number; readonly plotHeight: number };
}

/** Waits until so many seconds are kept. */
async function keeps(page: Page, seconds: number): Promise<Geometry> {
  const found = await page.waitForFunction((seconds) => {
    const probe = (globalThis as { __lotusSurfaces?: { geometry(): unknown } }).__lotusSurfaces;
    const geometry = probe?.geometry() as Geometry | null | undefined;
    return geometry && geometry.coming === 0 && geometry.last - geometry.first + 1 >= seconds
      ? geometry
      : null;
  }, seconds);
  return await found.jsonValue() as Geometry;
}

/** Checks gamma under every assumption, two of which the page derives, against the rows of the stream. */
function isExposure(ladder: Float64Array, rows: Table): void {
  const planes = { naive: LADDER.NAIVE, short: LADDER.SHORT, flow: LADDER.FLOW };
  let compared = 0;
  for (const { assumption, rel_ticks: ticks, gamma_exposure: gamma } of rows.toArray()) {
    const place = Number(ticks) / 20 + 12;
    if (place < 0 || place > 24) continue;
    const found = ladder[planes[assumption as keyof typeof planes] + place]!;
    ok(Math.abs(found - gamma) <= 1e-9 * Math.max(1, Math.abs(gamma)), `${assumption} ${found}`);
    compared++;
  }
  strictEqual(compared, 75);
}

async function open(page: Page, url: string): Promise<void> {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.setViewportSize({ width: 1_440, height: 900 });
  await page.goto(`${url}/surfaces`);
}

browserTest(
  "the surfaces move by the second, with the past behind them and every fact in words",
  async (page) => {
    const { url } = await market();
    await open(page, url);
    const { last } = await keeps(page, 200);
    await page.waitForFunction((last) => {
      const probe = (globalThis as { __lotusSurfaces?: { geometry(): unknown } }).__lotusSurfaces!;
      return (probe.geometry() as Geometry).last >= last + 2;
    }, last);
    await page.locator('.health[data-kind="live"]').waitFor();
    match(await page.locator(".marks .stamp").first().textContent() ?? "", /^SYNTHETIC · ES/);
    const side = page.locator(".gamma-side");
    await side.getByText("generated data").first().waitFor();
    match(await side.textContent() ?? "", /assumes dealers long calls, short puts/);
    match(await side.textContent() ?? "", /Zero gamma[\d\u2009.]+pt/);
    match(
      await page.locator(".as-of").textContent() ?? "",
      /\d\d:\d\d:\d\d ET.*\d\d:\d\d:\d\d UTC/,
    );
  },
);

browserTest(
  "layers, assumption, crosshair and second are worked by keys, and remembered",
  async (page) => {
    const { url } = await market();
    await open(page, url);
    await keeps(page, 200);
    const layer = (name: string) => page.getByRole("button", { name: new RegExp(`^${name}`) });
    strictEqual(await layer("Velocity").getAttribute("aria-pressed"), "true");
    strictEqual(await layer("Walls").getAttribute("aria-pressed"), "false");
    await page.keyboard.press("7");
    await page.keyboard.press("(");
    await page.locator('.layer[aria-pressed="true"]', { hasText: "Walls" }).waitFor();
    strictEqual(await layer("Velocity").getAttribute("aria-pressed"), "false");
    await page.keyboard.press("\\");
    const caption = page.locator(".profile-caption");
    await caption.getByText("assumes dealers short all options").waitFor();
    await page.keyboard.press("ArrowLeft");
    const readout = page.locator(".surfaces .readout");
    await readout.waitFor();
    match(await readout.textContent() ?? "", /Velocity.*Wall.*Strike/);
    const spoken = page.locator(".surfaces [role=status]");
    while (!/ticks from spot/.test(await spoken.textContent() ?? "")) {
      await page.keyboard.press("ArrowLeft");
    }
    // What was left out of the past comes where the crosshair rests.
    await readout.filter({ hasNotText: "coming" }).waitFor();
    await page.keyboard.press("Enter");
    const link = page.locator(".mark.pin a");
    const address = await link.getAttribute("href") ?? "";
    match(address, /^\/heatmap\?at=\d{13}$/);
    await page.keyboard.press("Escape");
    await link.waitFor({ state: "detached" });
    await page.reload();
    await page.locator('.layer[aria-pressed="true"]', { hasText: "Walls" }).waitFor();
    await page.goto(`${url}/surfaces?layers=velocity&assume=flow`);
    await page.locator(".gamma-side .assumed", { hasText: "took the other side" }).waitFor();
    deepStrictEqual(await page.locator('.layer[aria-pressed="true"] .name').allTextContents(), [
      "Velocity",
    ]);
  },
);

browserTest(
  "the heatmap shows the second that was chosen, or says that it is gone",
  async (page) => {
    const { url } = await market();
    await open(page, url);
    const { last } = await keeps(page, 200);
    await page.goto(`${url}/heatmap?at=${(last - 5) * 1_000}`);
    await page.locator(".marks", { hasText: "back" }).waitFor();
    await page.locator(".readout:not([hidden])").waitFor({ state: "attached" });
    const time = await page.locator('.readout [data-cell="time"]').textContent() ?? "";
    // The last bin of the second, named by its beginning.
    const wanted = new Date((last - 5) * 1_000 - 100).toISOString().slice(14, 19);
    ok(time.includes(wanted), `${time} for ${wanted}`);
    await page.goto(`${url}/heatmap?at=${(last - 86_400) * 1_000}`);
    await page.locator(".notice", { hasText: "No bins of" }).waitFor();
  },
);

browserTest(
  "the slider supposes the spot elsewhere, and what it says follows from the chain",
  async (page) => {
    const { url } = await market();
    await open(page, url);
    const slider = page.getByRole("slider", { name: "Supposed spot" });
    await page.locator(".what-if .facts").waitFor();
    await slider.focus();
    for (let i = 0; i < 8; i++) await page.keyboard.press("ArrowRight");
    const panel = page.locator(".what-if");
    await panel.getByText("This is a what-if").waitFor();
    match(await panel.textContent() ?? "", /Supposed spot[\d\u2009.]+pt, [+−]?\d/);
    await page.locator(".profile-caption[data-supposed]", { hasText: "What if" }).waitFor();
    await page.keyboard.press("Escape");
    await panel.getByText("Computed in this page.").waitFor();
  },
);

Deno.test("the slider's profile is the server's to 1e-9 for the price that is", async () => {
  const { url } = await market();
  const reader = new SurfaceReader(
    `${url.replace("http", "ws")}/v1/velocity/stream?ext=1&surfaces=${LIVE_SURFACES}`,
  );
  let compared = 0;
  for (let i = 0; i < 3; i++) {
    const { endNs, names, arrows, tables } = await reader.next();
    const messages = new Map(names.map((name, i) => [name, arrows[i]!]));
    const endS = Number(BigInt(endNs) / 1_000_000_000n);
    const window = new WindowDecoder().decode(endS, 250_000_000, true, messages);
    isExposure(window.ladder, tables.get("exposure")!);
    const { profile, smile } = window.chain!;
    const found = supposed(window, "naive", smile.futurePoints)!;
    const most = profile.gex.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    profile.gex.forEach((value, place) => {
      ok(Math.abs(found.gex[place]! - value) <= 1e-9 * most, `${found.gex[place]} for ${value}`);
      compared++;
    });
    ok(Math.abs(found.gexTotal - window.facts.gexTotal) <= 1e-9 * Math.abs(window.facts.gexTotal));
    const { zeroGamma } = window.facts;
    if (Number.isNaN(zeroGamma)) ok(Number.isNaN(found.zeroGammaPoints));
    else ok(Math.abs(found.zeroGammaPoints - zeroGamma) < 1e-6);
  }
  strictEqual(compared, 3 * 61);
  await reader.stream.close();
});

browserTest(
  "a recording without options says so, and axe finds nothing grave at any size",
  async (page) => {
    const { url } = await still();
    await open(page, url);
    await page.getByText("No options in this market").first().waitFor();
    for (const [width, height] of [[1_440, 900], [390, 844]] as const) {
      await page.setViewportSize({ width, height });
      deepStrictEqual(await graveFindings(page), [], `${width}`);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      strictEqual(sideways, 0);
    }
    await page.locator(".tabs").getByRole("button", { name: "Gamma" }).click();
    await page.locator(".gamma-side").waitFor();
    deepStrictEqual(await graveFindings(page), []);
  },
);

browserTest("the surfaces stand in the workspace as a pane of their own", async (page) => {
  const { url } = await market();
  const layout = { kind: "pane", key: "p1", pane: "surfaces", group: null, settings: "" };
  await page.setViewportSize({ width: 1_440, height: 900 });
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(
    `${url}/?w=${btoa(JSON.stringify(layout)).replaceAll("+", "-").replaceAll("/", "_")}`,
  );
  const pane = page.locator('.pane[data-pane="surfaces"]');
  await pane.locator(".profile-caption").waitFor();
  await pane.locator('.age[data-kind="live"]').waitFor();
  match(await pane.locator(".pane-stamp").textContent() ?? "", /^SYNTHETIC · ES/);
  deepStrictEqual(await graveFindings(page, pane), []);
});
