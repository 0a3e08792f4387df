import { ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { App, csp, staticFiles } from "fresh";
import type { Locator, Page } from "playwright-core";
import Workspace from "../islands/Workspace.tsx";
import { TAPE_CHANNELS } from "../islands/lib/tape/rows.ts";
import { pane as paneNode, split } from "../islands/lib/workspace/layout.ts";
import { layoutToUrl } from "../islands/lib/workspace/layout_codec.ts";
import { createBuilder } from "../jobs/build/mod.ts";
import { LiveTape } from "../jobs/testing/live_tape.ts";
import { ScriptedMarket } from "../jobs/testing/scripted_market.ts";
import { PATIENCE_MS } from "../jobs/testing/patience.ts";
import AppShell from "./_app.tsx";

const root = fileURLToPath(new URL("..", import.meta.url));
const nowhere = fileURLToPath(new URL("../routes/none", import.meta.url));

/** A desk with every tape on it, which no layout of the product has. */
const EVERY_TAPE = layoutToUrl(split("row", [44, 28, 28], [
  split("col", [60, 40], [paneNode("options"), paneNode("packets")]),
  split("col", [50, 50], [paneNode("equities"), paneNode("smart")]),
  split("col", [40, 30, 30], [paneNode("alerts"), paneNode("dark"), paneNode("rail")]),
]));

let built: Promise<<S>(app: App<S>) => void> | null = null;

/** Serves the workspace over a tape that the test makes, for as long as `fn` runs. */
export async function withDesk(
  fn: (tape: LiveTape, origin: string, market: ScriptedMarket) => Promise<void>,
) {
  await using tape = await LiveTape.open();
  const market = new ScriptedMarket();
  market.sendBins(40);
  for (const channel of TAPE_CHANNELS) await tape.send(channel, 60);
  built ??= createBuilder(root, nowhere).build({ snapshot: "memory" });
  const app = new App<unknown>()
    .use(csp({ useNonce: true }))
    .use(staticFiles())
    .appWrapper(AppShell)
    .get("/", (ctx) => ctx.render(<Workspace />))
    .get("/ws/live", (ctx) => tape.accept(ctx.req))
    .get("/history/:channel", (ctx) => tape.answer(ctx.req))
    .get("/replay/:channel", (ctx) => tape.answer(ctx.req))
    .get("/v1/pressure/stream", (ctx) => market.accept(ctx.req))
    .post("/replay/sessions", () => Response.json({ id: "r1", secret: "s" }))
    .get("/replay/sessions/r1", () => Response.json({ matched: 0, mismatched: 0, message: null }))
    .get("/candles/equities", () => Response.json({ data: [] }))
    .get("/ws/replay/r1", (ctx) => tape.accept(ctx.req));
  (await built)(app);
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, app.handler());
  try {
    await fn(tape, `http://127.0.0.1:${server.addr.port}/`, market);
  } finally {
    tape.disconnect(1_001, "");
    market.disconnect(1_001, "");
    await server.shutdown();
  }
}

/** Opens a page of the desk once rows of a tape are drawn. */
export async function open(page: Page, url: string, width = 1_440, height = 900): Promise<void> {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.setViewportSize({ width, height });
  await page.goto(url);
  await page.locator(".tape-rows .tr:not(.skeleton)").first().waitFor();
}

/** Opens the desk with every tape. */
export async function openEvery(page: Page, url: string): Promise<void> {
  await open(page, `${url}?w=${EVERY_TAPE}`);
}

/** The panes of a kind. */
export function pane(page: Page, id: string): Locator {
  return page.locator(`.pane[data-pane="${id}"]`);
}

/** Row at the top of a tape, by its place and not by its order in the document. */
export function topRow(page: Page, id: string): Locator {
  return pane(page, id).locator('.tr[aria-rowindex="2"]:not([hidden])');
}

/** A figure of the page once it is as a test wants it; sizes follow a picture later. */
export async function settled(
  page: Page,
  read: () => Promise<number>,
  isSo: (value: number) => boolean,
): Promise<number> {
  const endMs = performance.now() + PATIENCE_MS;
  while (true) {
    const value = await read();
    if (isSo(value)) return value;
    ok(performance.now() < endMs, `still ${value}`);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

/** Waits until the topmost row of a tape says a text. */
export async function topText(page: Page, id: string, text: string | RegExp): Promise<void> {
  await topRow(page, id).filter({ hasText: text }).waitFor();
}
