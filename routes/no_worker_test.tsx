import { match, ok, strictEqual } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { App, csp, staticFiles } from "fresh";
import Workspace from "../islands/Workspace.tsx";
import { createBuilder } from "../jobs/build/mod.ts";
import { browserTest } from "../jobs/testing/browser.ts";
import { LiveTape } from "../jobs/testing/live_tape.ts";
import AppShell from "./_app.tsx";
import { PATIENCE_MS } from "../jobs/testing/patience.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const nowhere = fileURLToPath(new URL("../routes/none", import.meta.url));

/** Serves the workspace over a tape that the test makes; `hasWorker` false hides the worker's script. */
async function withDesk(
  hasWorker: boolean,
  fn: (tape: LiveTape, url: string) => Promise<void>,
) {
  await using tape = await LiveTape.open();
  await tape.send("options", 20);
  const app = new App<unknown>()
    .use(csp({ useNonce: true }))
    .use((ctx) =>
      !hasWorker && ctx.url.pathname.endsWith("/tape_worker.js")
        ? new Response(null, { status: 404 })
        : ctx.next()
    )
    .use(staticFiles())
    .appWrapper(AppShell)
    .get("/", (ctx) => ctx.render(<Workspace />))
    .get("/ws/live", (ctx) => tape.accept(ctx.req))
    .get("/history/:channel", (ctx) => tape.answer(ctx.req));
  (await createBuilder(root, nowhere).build({ snapshot: "memory" }))(app);
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, app.handler());
  try {
    await fn(tape, `http://127.0.0.1:${server.addr.port}/`);
  } finally {
    tape.disconnect(1_001, "");
    await server.shutdown();
  }
}

for (const hasWorker of [true, false]) {
  const name = hasWorker
    ? "Workspace reads its tape in a worker, from its own origin alone"
    : "Workspace reads its tape on the page when the worker cannot be loaded, and says so";
  browserTest(name, async (page) => {
    page.setDefaultTimeout(PATIENCE_MS);
    await withDesk(hasWorker, async (tape, url) => {
      const response = await page.goto(url);
      match(response?.headers()["content-security-policy"] ?? "", /; connect-src 'self';/);
      const top = page.locator('[data-pane="options"] .tr[aria-rowindex="2"]:not([hidden])');
      await top.waitFor();
      await tape.send("options", 1, { option_contract_id: "KO-2027-01-15-60-C" });
      await top.filter({ hasText: "KO 15 Jan 60 C" }).waitFor();
      strictEqual(page.workers().length, hasWorker ? 1 : 0);
      const notice = page.getByRole("alert").filter({ hasText: "worker could not be loaded" });
      strictEqual(await notice.count(), hasWorker ? 0 : 1);
      ok(await page.locator("html[data-islands~=Workspace]").count() === 1);
    });
  });
}
