import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { App, csp, staticFiles } from "fresh";
import { asset, Head } from "fresh/runtime";
import type { Page } from "playwright-core";
import { PROFILE_IDS } from "../engine/regime/mod.ts";
import Control from "../islands/Control.tsx";
import { createBuilder } from "../jobs/build/mod.ts";
import { AdminApi, type AdminResource } from "../jobs/serve/operator/admin.ts";
import { type ControlService } from "../jobs/control/mod.ts";
import { AdminProxy, Operators } from "../jobs/serve/operator/mod.ts";
import { browserTest } from "../jobs/testing/browser.ts";
import { whenView, withService } from "../jobs/testing/control_rig.ts";
import { servePageAdmin } from "../jobs/testing/page_admin.ts";
import { stillMarket } from "../jobs/testing/served_market.ts";
import type { TapeFacts } from "../modules/control/mod.ts";
import AppShell from "./_app.tsx";

const root = fileURLToPath(new URL("..", import.meta.url));
const nowhere = fileURLToPath(new URL("../routes/none", import.meta.url));
const TOKEN = "a-token-of-thirty-characters-x";

/** A server without the flag. */
const closed = stillMarket();

/** A server with the real control behind the drawer, and a hand on what it answers. */
interface Desk {
  readonly origin: string;
  readonly service: ControlService;
  readonly requests: { readonly method: string; readonly resource: string }[];
  adapters: { options: string; equities: string };
  enabled: boolean;
  /** Answers the next writes in place of the server. */
  readonly refusals: Response[];
}

let built: Promise<<S>(app: App<S>) => void> | null = null;

function counts(first: number): TapeFacts["profile_hit_counts"] {
  return Object.fromEntries(
    PROFILE_IDS.map((id, i) => [id, first + i]),
  ) as TapeFacts["profile_hit_counts"];
}

async function withDesk(fn: (desk: Desk) => Promise<void>): Promise<void> {
  built ??= createBuilder(root, nowhere).build({ snapshot: "memory" });
  const build = await built;
  await withService(async ({ service, log }) => {
    await service.start();
    const nowMs = () => performance.now();
    const operators = new Operators({ passphraseHash: "", trustedProxies: [], log, nowMs });
    const facts = (): TapeFacts => ({
      session_phase: "midday",
      regime: "dealer_gamma",
      focus_symbols: ["SPY", "NVDA"],
      profile_hit_counts: counts(1),
      generated_hit_counts: counts(21),
      coverage_window_minutes: service.view.control.coverage_window_minutes,
      revision_in_force: service.view.revision,
    });
    const desk: Desk = {
      origin: "",
      service,
      requests: [],
      adapters: { options: "synthetic", equities: "synthetic" },
      enabled: true,
      refusals: [],
    };
    const proxy = () =>
      new AdminProxy({
        isOn: true,
        token: TOKEN,
        internalUrl: "",
        log,
        admin: new AdminApi({
          enabled: desk.enabled,
          token: TOKEN,
          adapters: desk.adapters,
          service,
          tape: () => ({ facts }),
          log,
          nowMs,
        }),
      });
    const answer = async (req: Request, info: Deno.ServeHandlerInfo, resource: AdminResource) => {
      desk.requests.push({ method: req.method, resource });
      const served = servePageAdmin(proxy(), operators, log);
      if (req.method !== "PUT") return await served(req, info, resource);
      return desk.refusals.shift() ?? await served(req, info, resource);
    };
    const app = new App<unknown>()
      .use(csp({ useNonce: true }))
      .use(staticFiles())
      .appWrapper(AppShell)
      .get("/", (ctx) =>
        ctx.render(
          <>
            <Head>
              <link key="drawer" rel="stylesheet" href={asset("/css/drawer.css")} />
            </Head>
            <button type="button" id="tape">Tape</button>
            <Control />
          </>,
        ))
      .all("/api/admin/synthetic/status", (ctx) => answer(ctx.req, ctx.info, "status"))
      .all("/api/admin/synthetic/control", (ctx) => answer(ctx.req, ctx.info, "control"));
    build(app);
    const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, app.handler());
    try {
      await fn(Object.assign(desk, { origin: `http://127.0.0.1:${server.addr.port}` }));
    } finally {
      await server.shutdown();
    }
  });
}

async function openDrawer(page: Page, desk: Desk): Promise<void> {
  await page.goto(desk.origin);
  await page.locator("html[data-islands~=Control]").waitFor();
  await page.getByRole("button", { name: "Synthetic control" }).click();
  await page.getByRole("heading", { name: "Synthetic control" }).waitFor();
}

function preset(page: Page) {
  return page.getByRole("combobox", { name: "Preset" });
}

function puts(desk: Desk): number {
  return desk.requests.filter((request) => request.method === "PUT").length;
}

browserTest("the drawer steers the market and shows how it stands", async (page) => {
  await withDesk(async (desk) => {
    await page.goto(desk.origin);
    await page.locator("html[data-islands~=Control]").waitFor();
    deepStrictEqual(desk.requests, []); // a closed drawer asks nothing
    await openDrawer(page, desk);
    const drawer = page.getByRole("complementary", { name: "Synthetic control" });
    await drawer.getByText("Dealer gamma").waitFor();
    match(await drawer.textContent() ?? "", /Midday.*SPY NVDA.*Synthetic/s);
    const row = drawer.locator(".drawer-counts tbody tr").nth(2);
    deepStrictEqual(await row.locator("th, td").allTextContents(), ["Event driven", "23", "3"]);
    await preset(page).selectOption("Event Day");
    await drawer.getByRole("switch", { name: "Coverage assist" }).uncheck();
    await drawer.getByRole("radio", { name: "30m" }).check();
    await drawer.getByRole("radiogroup", { name: "Weight of Arbitrage" })
      .getByRole("radio", { name: "High" }).check();
    await drawer.getByText("Saved by operator").waitFor();
    const { control } = desk.service.view;
    deepStrictEqual(
      [control.preset_id, control.coverage_assist, control.coverage_window_minutes],
      ["event_day", false, 30],
    );
    deepStrictEqual(
      [control.profile_weights.arbitrage, control.profile_weights.vol_seller],
      [1.6, 1],
    );
    await page.reload();
    await openDrawer(page, desk);
    strictEqual(await preset(page).inputValue(), "event_day");
    ok(await page.getByRole("radio", { name: "30m" }).isChecked());
  });
});

browserTest(
  "the drawer is not modal: Esc closes it, keys reach it, the page stays in hand",
  async (page) => {
    await withDesk(async (desk) => {
      await page.goto(desk.origin);
      await page.locator("html[data-islands~=Control]").waitFor();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await preset(page).waitFor();
      strictEqual(await page.evaluate(() => document.activeElement?.id), "control-drawer");
      await page.locator("#tape").click(); // nothing lies over the page
      await page.keyboard.press("Escape");
      await preset(page).waitFor({ state: "hidden" });
      await page.getByRole("button", { name: "Synthetic control" }).click();
      await preset(page).focus();
      await page.keyboard.press("Escape");
      await preset(page).waitFor({ state: "hidden" });
      const label = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
      strictEqual(label, "Synthetic control");
    });
  },
);

browserTest(
  "the drawer rolls a refused write back within 300 ms and can retry it",
  async (page) => {
    await withDesk(async (desk) => {
      await openDrawer(page, desk);
      await preset(page).waitFor();
      desk.refusals.push(Response.json({ error: "broken on purpose" }, { status: 500 }));
      // Both moments are taken on the page: the way from here to there is not what is measured.
      const tookMs = page.evaluate(async () => {
        const ask = globalThis.fetch;
        const answered = new Promise<number>((resolve) => {
          globalThis.fetch = async (input, init) => {
            const answer = await ask(input, init);
            if (init?.method === "PUT") resolve(performance.now());
            return answer;
          };
        });
        const atMs = await answered;
        globalThis.fetch = ask;
        const select = document.querySelector<HTMLSelectElement>(".drawer select");
        while (select?.value !== "balanced_demo") await new Promise(requestAnimationFrame);
        return performance.now() - atMs;
      });
      await preset(page).focus();
      await preset(page).selectOption("Quiet Range");
      ok(await tookMs < 300);
      const alert = page.locator(".drawer").getByRole("alert");
      match(await alert.textContent() ?? "", /Not saved\. Broken on purpose\..*500/);
      await alert.getByRole("button", { name: "Retry" }).press("Enter");
      await page.getByText("Saved by operator").waitFor();
      const isPreset = (one: Element) => one === document.activeElement;
      strictEqual(await preset(page).evaluate(isPreset), true); // the button that had it is gone
      strictEqual(desk.service.view.control.preset_id, "quiet_range");
      strictEqual(await preset(page).inputValue(), "quiet_range");
      desk.refusals.push(Response.json({ error: "broken on purpose" }, { status: 500 }));
      await preset(page).selectOption("Balanced Demo");
      await alert.getByRole("button", { name: "Discard" }).press("Enter");
      await alert.waitFor({ state: "detached" });
      strictEqual(await preset(page).evaluate(isPreset), true);
    });
  },
);

browserTest(
  "twenty edits in two seconds take at most eight writes and the last one wins",
  async (page) => {
    await page.clock.install();
    await withDesk(async (desk) => {
      await openDrawer(page, desk);
      await preset(page).waitFor();
      // An installed clock goes on by itself: on a busy machine twenty edits would take more than two seconds.
      await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000));
      const radios = page.getByRole("radiogroup", { name: "Weight of Arbitrage" }).locator("input");
      for (let i = 0; i < 20; i++) {
        await radios.nth((i + 1) % 3).evaluate((radio) => (radio as HTMLInputElement).click());
        await page.clock.runFor(i % 3 === 2 ? 280 : 20); // some pauses are long enough for a write
      }
      await page.clock.runFor(1_000); // the last one is "High"
      await whenView(desk.service, (view) => view.control.profile_weights.arbitrage === 1.6);
      await page.getByText("Saved by operator").waitFor();
      ok(puts(desk) >= 1 && puts(desk) <= 8, `${puts(desk)} writes`);
      strictEqual(desk.service.view.control.profile_weights.arbitrage, 1.6);
      ok(await page.getByRole("radio", { name: "High" }).nth(4).isChecked());
    });
  },
);

browserTest("the drawer asks nothing while the tab is hidden", async (page) => {
  await page.clock.install();
  await withDesk(async (desk) => {
    await openDrawer(page, desk);
    await preset(page).waitFor();
    const hide = (isHidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => value });
        document.dispatchEvent(new Event("visibilitychange"));
      }, isHidden);
    await hide(true);
    const before = desk.requests.length;
    await page.clock.runFor(120_000);
    strictEqual(desk.requests.length, before);
    const asked = page.waitForResponse((response) => response.url().endsWith("/status"));
    await hide(false);
    await asked;
    strictEqual(desk.requests.length, before + 1);
  });
});

browserTest("the drawer tells why control cannot be had", async (page) => {
  await withDesk(async (desk) => {
    desk.adapters = { options: "synthetic", equities: "off" };
    await openDrawer(page, desk);
    const drawer = page.locator(".drawer");
    await drawer.getByText("Not synthetic.").waitFor();
    match(await drawer.textContent() ?? "", /needs both ingest adapters.*equities off/s);
    strictEqual(await preset(page).count(), 0);
    desk.enabled = false;
    await page.reload();
    await openDrawer(page, desk);
    await drawer.getByText("Admin backend disabled.").waitFor();
  });
});

browserTest("the drawer fits a phone", async (page) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await withDesk(async (desk) => {
    await openDrawer(page, desk);
    await preset(page).waitFor();
    const size = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      small: [
        ...document.querySelectorAll(".drawer button, .drawer select, .drawer-segments label"),
      ]
        .filter((element) => element.getBoundingClientRect().height < 36)
        .map((element) => element.textContent),
    }));
    deepStrictEqual(size, { scroll: 390, small: [] });
  });
});

browserTest("a real server has no gear while the flag is off", async (page) => {
  const { url } = await closed();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(url);
  await page.locator("html[data-islands~=Workspace]").waitFor();
  strictEqual(await page.locator(".drawer-gear").count(), 0);
  deepStrictEqual(asked.filter((path) => path.includes("admin") || path.includes("drawer")), []);
  strictEqual((await fetch(`${url}/api/admin/synthetic/status`)).status, 404);
});
