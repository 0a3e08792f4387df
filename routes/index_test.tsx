import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { App, csp, staticFiles } from "fresh";
import type { Page } from "playwright-core";
import HeatmapPage from "../islands/Heatmap.tsx";
import { parseOklch } from "../islands/lib/canvas/colour.ts";
import { packPixel } from "../islands/lib/canvas/palettes.ts";
import { lutIndex, scaleLut } from "../islands/lib/canvas/scale.ts";
import { columnX, levelY, type View } from "../islands/lib/canvas/view.ts";
import type { PaneLayout } from "../islands/lib/heatmap/pane_layout.ts";
import { lookScale } from "../islands/lib/heatmap/quantity_info.ts";
import { createBuilder } from "../jobs/build/mod.ts";
import { browserTest } from "../jobs/testing/browser.ts";
import { pictureOf } from "../jobs/testing/drawing_page.ts";
import { ScriptedMarket } from "../jobs/testing/scripted_market.ts";
import AppShell from "./_app.tsx";
import { PATIENCE_MS } from "../jobs/testing/patience.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const nowhere = fileURLToPath(new URL("../routes/none", import.meta.url));

/** Commands that the page sent, and what it is answered. */
interface Desk {
  readonly market: ScriptedMarket;
  readonly origin: string;
  readonly commands: unknown[];
  /** Resolves when so many commands came. */
  asked(count: number): Promise<void>;
  answer: () => Response;
  /** Resolves with the next request for a socket. */
  tried(): Promise<void>;
  /** While true nobody gets a socket. */
  isDown: boolean;
}

const FILES = [
  {
    name: "broken.dbn",
    bytes: 1_200,
    symbol: null,
    startNs: null,
    endNs: null,
    instrument: null,
    problem: null,
    readable: true,
  },
  {
    name: "garbage.dbn",
    bytes: 12,
    symbol: null,
    startNs: null,
    endNs: null,
    instrument: null,
    problem: "Cannot read DBN as it does not begin with its magic",
    readable: false,
  },
];

let built: Promise<<S>(app: App<S>) => void> | null = null;

/**
 * Serves the real page and island over a scripted market, for as long as `fn` runs.
 *
 * @param lost Scripts that the server does not give out; null gives out all.
 */
async function withHeatmap(
  market: ScriptedMarket,
  fn: (desk: Desk) => Promise<void>,
  lost: RegExp | null = null,
) {
  const heartbeat = setInterval(() => market.setFeed({}), 1_000); // as the real server does
  built ??= createBuilder(root, nowhere).build({ snapshot: "memory" });
  let onCommand = () => {};
  let onTry = () => {};
  const commands: unknown[] = [];
  const desk: Desk & { origin: string } = {
    market,
    origin: "",
    commands,
    asked: async (count) => {
      while (commands.length < count) await new Promise<void>((resolve) => onCommand = resolve);
    },
    answer: () => Response.json({}),
    tried: () => new Promise<void>((resolve) => onTry = resolve),
    isDown: false,
  };
  const app = new App<unknown>()
    .use(csp({ useNonce: true }))
    .use((ctx) =>
      lost?.test(ctx.url.pathname) === true ? new Response(null, { status: 503 }) : ctx.next()
    )
    .use(staticFiles())
    .appWrapper(AppShell)
    .get("/", (ctx) => ctx.render(<HeatmapPage feed={market.feed} />))
    .get(
      "/v1/pressure/stream",
      (ctx) => {
        onTry();
        return desk.isDown ? new Response(null, { status: 503 }) : market.accept(ctx.req);
      },
    )
    .get("/v1/feeds", () => Response.json({ files: FILES, instruments: [], regimes: [] }))
    .post("/v1/feed", async (ctx) => {
      commands.push(await ctx.req.json());
      onCommand();
      return desk.answer();
    });
  (await built)(app);
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, app.handler());
  desk.origin = `http://127.0.0.1:${server.addr.port}`;
  try {
    await fn(desk);
  } finally {
    clearInterval(heartbeat);
    market.disconnect(1_001, "");
    await server.shutdown();
  }
}

async function open(page: Page, desk: Desk, width = 1_440, height = 900): Promise<void> {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.setViewportSize({ width, height });
  await page.goto(desk.origin);
  await drawn(page, desk);
}

interface Geometry {
  readonly view: View;
  readonly layout: PaneLayout;
  /** Position of the newest column, and how many there are. */
  readonly last: number;
  readonly length: number;
  /** Columns that are missing. */
  readonly holes: number;
  readonly newestBin: number;
}

/** Waits until every bin that was sent is on screen, and returns where the newest is. */
async function drawn(page: Page, desk: Desk): Promise<Geometry> {
  const { sent } = desk.market;
  const newest = Math.max(...sent.keys());
  const handle = await page.waitForFunction(([bin, count]) => {
    const geometry = globalThis.__lotus?.geometry() as Geometry | null | undefined;
    return geometry?.newestBin === bin && geometry.length >= count ? geometry : null;
  }, [newest, Math.min(sent.size, 1_200)] as const);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(0))));
  return await handle.jsonValue() as Geometry;
}

/** Pixels of the heatmap canvas at device-pixel points, as 32-bit values. */
async function pixels(
  page: Page,
  points: readonly (readonly [number, number])[],
): Promise<readonly number[]> {
  const picture = await pictureOf(page, "canvas.base");
  return points.map(([x, y]) => {
    const [r, g, b, a] = picture.at(x, y);
    return (r | g << 8 | b << 16 | a << 24) >>> 0;
  });
}

function token(page: Page): Promise<(name: string) => string> {
  return page.evaluate(() => {
    const style = getComputedStyle(document.documentElement);
    return Object.fromEntries(
      [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
        .flatMap((rule) => rule instanceof CSSStyleRule ? [...rule.style] : [])
        .filter((name) => name.startsWith("--"))
        .map((name) => [name.slice(2), style.getPropertyValue(name).trim()]),
    );
  }).then((tokens) => (name) => tokens[name]!);
}

function numberIn(text: string | null): number {
  return Number((text ?? "").replaceAll("\u2009", "").replaceAll("\u2212", "-").trim());
}

function health(page: Page, kind: string): Promise<unknown> {
  return page.waitForSelector(`.health[data-kind="${kind}"]`);
}

/** Says something again and again until the page shows a state that lasts for a while only. */
async function healthWhile(page: Page, kind: string, say: () => void): Promise<void> {
  const timer = setInterval(say, 250);
  say();
  await health(page, kind).finally(() => clearInterval(timer));
}

const WORKER = /\/bin_worker\.js$/;

for (const hasWorker of [true, false]) {
  const where = hasWorker ? "" : ", also where its worker cannot be loaded";
  browserTest(
    `Heatmap paints every cell of every window in the colour of its score${where}`,
    async (page) => {
      const market = new ScriptedMarket();
      market.sendBins(500);
      await withHeatmap(market, async (desk) => {
        await open(page, desk);
        strictEqual(page.workers().length, hasWorker ? 1 : 0);
        strictEqual(
          await page.getByRole("alert").filter({ hasText: "could not be loaded" }).count(),
          hasWorker ? 0 : 1,
        );
        await page.keyboard.press("1");
        await drawn(page, desk);
        const { view, layout, last, newestBin } = await drawn(page, desk);
        const read = await token(page);
        const scale = lookScale({ quantity: "score", palette: "tide", clip: 1 }, "");
        const lut = scaleLut(scale, read);
        const empty = packPixel(parseOklch(read("scale-void")));
        const points: [number, number][] = [];
        const wanted: number[] = [];
        for (let position = last; position > last - 400; position--) {
          const { spotTick, columns } = market.sent.get(newestBin - last + position)!;
          const x = columnX(view, layout.dataWidth, position);
          if (x < 0) break;
          for (let k = -50; k <= 50; k++) {
            const y = levelY(view, spotTick + k);
            if (y < 0 || y >= layout.plotHeight) continue;
            points.push([x, y]);
            wanted.push(lut[lutIndex(scale, columns.get("spectrum_score")![k + 50]!)]!);
          }
        }
        const seen = await pixels(page, points);
        ok(points.length > 30_000);
        strictEqual(seen.filter((pixel) => pixel === empty).length, 0);
        const differing = seen.filter((pixel, i) => pixel !== wanted[i]).length;
        ok(differing <= seen.length / 1_000, `${differing} of ${seen.length} cells differ`);
        ok(new Set(seen).size > 50);
      }, hasWorker ? null : WORKER);
    },
  );
}

browserTest(
  "Heatmap says which of its code cannot be loaded, when the server gives out none of it",
  async (page) => {
    const market = new ScriptedMarket();
    market.sendBins(5);
    await withHeatmap(market, async (desk) => {
      page.setDefaultTimeout(PATIENCE_MS);
      await page.goto(`${desk.origin}/?experiment=blendAds:0`);
      await health(page, "error");
      const plate = page.locator(".plate");
      match(await plate.textContent() ?? "", /code that reads the bins could not be loaded/);
      await page.locator(".health", { hasText: "Not loaded" }).first().waitFor();
      const notice = page.getByRole("alert");
      match(await notice.textContent() ?? "", /experiment could not be loaded.*the definition/);
    }, /\/(bin_worker|bin_reader|on_demand)[^/]*\.js$/);
  },
);

/** Waits until the page has so many columns, none of them missing. */
async function isWhole(page: Page, length: number): Promise<void> {
  await page.waitForFunction((length) => {
    const geometry = globalThis.__lotus?.geometry() as Geometry | null | undefined;
    return geometry?.length === length && geometry.holes === 0;
  }, length);
}

const composites = (page: Page) => page.evaluate(() => globalThis.__lotus!.composites(300));

browserTest(
  "Heatmap shows now in its first picture, and the past and its signals behind it",
  async (page) => {
    const market = new ScriptedMarket();
    market.sendBins(600);
    await withHeatmap(market, async (desk) => {
      await open(page, desk);
      await isWhole(page, 600);
      const wanted = await composites(page);
      const gate = Promise.withResolvers<void>();
      market.pastGate = gate.promise;
      await page.reload();
      await isWhole(page, 1);
      await health(page, "stale"); // no bin comes any more, and what there is was drawn
      market.sendBins(2);
      await isWhole(page, 3);
      gate.resolve();
      await isWhole(page, 602);
      await page.waitForFunction(
        (last) => globalThis.__lotus!.composites(3)[0] === last,
        wanted.at(-1),
      );
      deepStrictEqual((await composites(page)).slice(0, -2), wanted.slice(2));
    });
  },
);

browserTest(
  "Heatmap mends what a lost connection left out, now first",
  async (page) => {
    const market = new ScriptedMarket();
    market.sendBins(100);
    await withHeatmap(market, async (desk) => {
      await open(page, desk);
      await isWhole(page, 100);
      desk.isDown = true;
      market.disconnect(4_000, "the feed is gone");
      await page.getByText(/Not connected.*Try \d/).waitFor();
      market.sendBins(400);
      const gate = Promise.withResolvers<void>();
      market.pastGate = gate.promise;
      desk.isDown = false;
      await page.waitForFunction(() => {
        const geometry = globalThis.__lotus?.geometry() as Geometry | null | undefined;
        return geometry?.newestBin === 499 && geometry.holes === 399;
      });
      gate.resolve();
      await isWhole(page, 500);
    });
  },
);

/** Saves the picture by key and compares it with what the page shows then. */
async function savedPicture(page: Page) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("q")]);
  match(file.suggestedFilename(), /^MNQH6-2026-02-06-093006-synthetic\.png$/);
  const png = (await Deno.readFile(await file.path())).toBase64();
  return await page.evaluate(async (png) => {
    const image = await createImageBitmap(new Blob([Uint8Array.fromBase64(png)]));
    const pen = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
    pen.drawImage(image, 0, 0);
    const base = document.querySelector<HTMLCanvasElement>("canvas.base")!;
    const { width, height } = base;
    const head = image.height - height;
    const shown = base.getContext("2d")!.getImageData(0, 0, width, height).data;
    const saved = pen.getImageData(0, head, image.width, height).data;
    let equal = 0;
    for (let i = 0; i < shown.length; i += 4) {
      const isEqual = shown[i] === saved[i] && shown[i + 1] === saved[i + 1];
      if (shown[i + 3] === 255 && isEqual) equal++;
    }
    const words = pen.getImageData(0, 0, image.width, head).data;
    const inked = words.filter((value, i) => i % 4 === 0 && value > 150).length;
    return { isSameWidth: image.width === width, equal: equal / (shown.length / 4), inked };
  }, png);
}

/** The picture that is saved is the one that the page shows. */
async function holdsPicture(page: Page): Promise<void> {
  let found = await savedPicture(page);
  // On a busy machine the page may grow stale between the two, which dims it: it does so once.
  if (found.equal <= 0.6) found = await savedPicture(page);
  strictEqual(found.isSameWidth, true);
  ok(found.equal > 0.6, `of the picture ${found.equal} is what the page shows`);
  ok(found.inked > 300, `${found.inked} pixels of words stand above it`);
}

browserTest("Heatmap reads out under the crosshair what was sent", async (page) => {
  const market = new ScriptedMarket();
  market.sendBins(60);
  await withHeatmap(market, async (desk) => {
    await open(page, desk);
    const { view, layout, last, newestBin } = await drawn(page, desk);
    const box = (await page.locator(".plot").boundingBox())!;
    for (const [back, k] of [[5, 7], [30, -3], [0, 0]] as const) {
      const { spotTick, columns } = market.sent.get(newestBin - back)!;
      const x = box.x + columnX(view, layout.dataWidth, last - back) + 0.5;
      const y = box.y + levelY(view, spotTick + k) + 2;
      await page.mouse.move(x, y);
      await page.waitForFunction(
        (bin) => document.querySelector(".readout [data-cell=source]")?.textContent?.includes(bin),
        `Bin ${newestBin - back} `,
      );
      for (const [name, values] of columns) {
        if (name === "last_event_id") continue; // stands in the source line
        const text = await page.locator(`.readout [data-cell="${name}"]`).textContent();
        const sent = values[k + 50]!;
        ok(
          Math.abs(numberIn(text) - sent) <= 1e-4 + 6e-4 * Math.abs(sent),
          `${name}: ${text} for ${sent}`,
        );
      }
      strictEqual(
        numberIn(await page.locator('.readout [data-cell="price"]').textContent()),
        (spotTick + k) / 4,
      );
    }
    await page.keyboard.press("ArrowUp");
    await page.waitForFunction(() =>
      document.querySelector(".readout [data-cell=k]")?.textContent === "k +1"
    );
    await holdsPicture(page);
  });
});

browserTest(
  "Heatmap counts what is dropped for the feed in sight, and anew for another",
  async (page) => {
    const market = new ScriptedMarket();
    market.sendBins(30);
    await withHeatmap(market, async (desk) => {
      await open(page, desk);
      const dropped = page.locator("footer.status").getByText("Dropped").locator("..");
      market.tell({ type: "dropped", bins: 3 });
      await dropped.filter({ hasText: "3 bins" }).waitFor();
      market.tell(market.config()); // the same feed goes on
      market.tell({ type: "dropped", bins: 1 });
      await dropped.filter({ hasText: "4 bins" }).waitFor();
      market.setFeed({ name: "another.dbn" });
      market.tell(market.config());
      await dropped.filter({ hasText: "0 bins" }).waitFor();
    });
  },
);

browserTest("Heatmap hatches missing bins and says so under the crosshair", async (page) => {
  const market = new ScriptedMarket();
  market.sendBins(80);
  market.sendBins(1, { skip: 30 });
  market.sendBins(9);
  await withHeatmap(market, async (desk) => {
    await open(page, desk);
    const { view, layout, last } = await drawn(page, desk);
    const ground = packPixel(parseOklch((await token(page))("bg-0")));
    const HEIGHT = 400;
    const strips = [39, 25, 10, 40, 9].map((back) => {
      const x = columnX(view, layout.dataWidth, last - back);
      return Array.from({ length: HEIGHT }, (_, i) => [x, 40 + i] as const);
    });
    const seen = await pixels(page, strips.flat());
    const inks = strips.map((_, i) => new Set(seen.slice(i * HEIGHT, (i + 1) * HEIGHT)));
    for (const missing of inks.slice(0, 3)) ok(missing.has(ground) && missing.size >= 2);
    for (const bin of inks.slice(3)) ok(!bin.has(ground));
    const gap = columnX(view, layout.dataWidth, last - 15);
    const box = (await page.locator(".plot").boundingBox())!;
    await page.mouse.move(box.x + gap, box.y + 200);
    await page.getByText("no bin here").waitFor();
  });
});

browserTest(
  "Heatmap shows stale, invalid, paused, ended, broken and lost, each in words",
  async (page) => {
    const market = new ScriptedMarket();
    market.sendBins(50);
    await withHeatmap(market, async (desk) => {
      await open(page, desk);
      await healthWhile(page, "invalid", () => market.sendBins(1, { bookValid: false }));
      await page.locator(".status", { hasText: "▲ invalid" }).waitFor();
      market.setFeed({ phase: "paused" });
      await health(page, "paused");
      market.setFeed({ phase: "seeking", progress: 0.42 });
      await health(page, "seeking");
      await page.getByText("book rebuilt to 42 %").waitFor();
      market.setFeed({ phase: "ended" });
      await health(page, "ended");
      market.setFeed({ phase: "error", message: "The file ends inside a record" });
      await health(page, "error");
      await page.getByText("The file ends inside a record").waitFor();
      market.setFeed({ phase: "live", message: null });
      market.sendBins(1);
      await health(page, "stale"); // nothing comes for three seconds
      await page.getByText(/Stale for/).waitFor();
      const filter = await page.evaluate(() =>
        getComputedStyle(document.querySelector("canvas.base")!).filter
      );
      match(filter, /grayscale/);
      desk.isDown = true;
      market.disconnect(4_000, "the feed is gone");
      await page.getByText(/Not connected.*Try \d/).waitFor();
      await page.getByText(/Try 4 in \d s/).waitFor(); // it would now wait for three seconds or more
      const tried = desk.tried();
      const clickedAtMs = Date.now();
      await page.locator(".plate button").click();
      await tried;
      ok(Date.now() - clickedAtMs < 2_000, "it tries at once");
      desk.isDown = false;
      await healthWhile(page, "live", () => market.sendBins(1));
      const { length } = await drawn(page, desk);
      strictEqual(length, market.sent.size); // the bins that came again are not stored twice
    });
  },
);

browserTest(
  "Heatmap cancels a seek by its button and by Escape, of a recording alone",
  async (page) => {
    const market = new ScriptedMarket();
    market.sendBins(30);
    await withHeatmap(market, async (desk) => {
      desk.answer = () => Response.json(market.feed);
      await open(page, desk);
      const cancel = page.locator(".plate").getByRole("button", { name: "Cancel" });
      market.setFeed({ kind: "synthetic", phase: "seeking", progress: 0.2 });
      await health(page, "seeking");
      strictEqual(await cancel.count(), 0);
      market.setFeed({ kind: "replay", phase: "seeking", progress: 0.4 });
      await cancel.click();
      await desk.asked(1);
      await page.keyboard.press("Escape");
      await desk.asked(2);
      deepStrictEqual(desk.commands, [{ op: "cancel" }, { op: "cancel" }]);
    });
  },
);

browserTest("Heatmap works by keyboard and shows what the keys do", async (page) => {
  const market = new ScriptedMarket();
  market.sendBins(300);
  await withHeatmap(market, async (desk) => {
    desk.answer = () => {
      market.setFeed({ phase: "paused" });
      return Response.json(market.feed);
    };
    await open(page, desk);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor({ state: "hidden" });
    await page.keyboard.press("2");
    await page.locator('[role=radio][aria-checked="true"]', { hasText: "Pressure" }).waitFor();
    await page.keyboard.press("p");
    strictEqual(await page.evaluate(() => localStorage.getItem("lotus.palette")), "dusk");
    await page.keyboard.press("Shift+ArrowLeft");
    await page.getByText(/back · End returns/).waitFor();
    await page.keyboard.press("End");
    await page.getByText(/back · End returns/).waitFor({ state: "hidden" });
    await page.keyboard.press("Shift+ArrowUp");
    await page.getByText(/Price axis held/).waitFor();
    await page.keyboard.press("l");
    await page.getByText(/Price axis held/).waitFor({ state: "hidden" });
    await page.keyboard.press(" ");
    await health(page, "paused");
    await page.keyboard.press("Shift+ArrowRight");
    await desk.asked(2);
    deepStrictEqual(desk.commands, [{ op: "pause" }, { op: "step", bins: 1 }]);
  });
});

browserTest(
  "Heatmap tells why a recording cannot be opened, and which field is at fault",
  async (page) => {
    const market = new ScriptedMarket();
    market.sendBins(5);
    await withHeatmap(market, async (desk) => {
      desk.answer = () =>
        Response.json({
          error: "The body is invalid",
          code: "invalid_body",
          detail: "feed.file: The file ends inside its header",
          request_id: "request-1",
        }, { status: 422 });
      await open(page, desk);
      await page.keyboard.press("j");
      const unreadable = page.getByRole("radio", { name: /garbage\.dbn.*does not begin/ });
      strictEqual(await unreadable.isDisabled(), true);
      await page.getByText("broken.dbn").click();
      await page.getByRole("button", { name: "Replay" }).click();
      const alert = page.getByRole("dialog").getByRole("alert");
      match(await alert.textContent() ?? "", /feed\.file.*The file ends inside its header/);
      deepStrictEqual(desk.commands, [
        {
          op: "open",
          feed: { kind: "replay", file: "broken.dbn", speed: 1, model: "complete" },
        },
      ]);
    });
  },
);

browserTest("Heatmap gives the current column as a table", async (page) => {
  const market = new ScriptedMarket();
  market.sendBins(30);
  await withHeatmap(market, async (desk) => {
    await open(page, desk);
    await page.keyboard.press("t");
    const rows = page.locator(".cells tbody tr");
    await page.waitForFunction(() => document.querySelectorAll(".cells tbody tr").length === 101);
    const { spotTick, columns } = market.sent.get(29)!;
    for (const row of [0, 50, 100]) {
      const cells = await rows.nth(row).locator("th, td").allTextContents();
      strictEqual(numberIn(cells[0]!), (spotTick + 50 - row) / 4);
      const depth = columns.get("rest_depth")![100 - row]!;
      strictEqual(numberIn(cells[5]!), Math.round(depth));
    }
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save CSV" }).click();
    match((await download).suggestedFilename(), /^MNQH6-bin29-/);
  });
});

/** A forecast whose cone held 79 % of 12,400 at 10 s, and whose lean was right in 30 of 60 moves. */
const FORECAST = {
  sigma_ticks: 0.5,
  lean: -0.4,
  lean_is_warm: true,
  horizon_ms: [100, 5_000, 10_000],
  half_50_ticks: [null, 1.25, 2],
  half_80_ticks: [null, 2.5, 4],
  scored: [0, 299, 12_400],
  held_50: [0, 150, 6_200],
  held_80: [0, 240, 9_796],
  p_same: [0.97, 0.4, 0.3],
  same_n: [900, 800, 700],
  lean_n: [60, 400, 500],
  lean_hits: [30, 200, 300],
  lean_ups: [33, 100, 300],
};

browserTest(
  "Heatmap tells what its forecasts came to, and draws the bands on demand",
  async (page) => {
    const market = new ScriptedMarket();
    market.sendBins(60);
    market.sendBins(60, { forecast: FORECAST });
    await withHeatmap(market, async (desk) => {
      await open(page, desk);
      const cone = page.locator(".ahead-of-now");
      await cone.getByText("±4.00").waitFor();
      const text = await cone.innerText();
      for (const part of ["±2.50", "warming up, 299 of 300", "held, of 12\u2009400", "79\u2009%"]) {
        ok(text.includes(part), `${part} in ${text}`);
      }
      const moves = await page.locator(".moves").innerText();
      match(moves, /▼ down/);
      match(moves, /\+100\u2009ms\s+97\u2009%\s+50\u2009%\s+60\s+55\u2009%/);
      // One bin has no conviction of 20 %, or flow and book on no side: no word for trading then.
      const verdict = page.locator(".verdict");
      match(await verdict.innerText(), /Flow is warming up, .*No word for trading/s);
      strictEqual(/EXIT|TIGHTEN|BIAS/.test(await page.locator(".side").innerText()), false);

      const mark = page.locator(".marks").getByText("not prices, uncalibrated");
      strictEqual(await mark.count(), 0, "the bands are off by default");
      await page.keyboard.press("v");
      await mark.waitFor();
      await page.getByRole("radio", { name: "Calibrated cone" }).click();
      await mark.waitFor({ state: "detached" });

      market.sendBins(1);
      await drawn(page, desk);
      await cone.getByText("No forecast in this stream").waitFor();
    });
  },
);

browserTest("Heatmap fits a phone: no sideways scroll, tabs, targets for thumbs", async (page) => {
  const market = new ScriptedMarket();
  market.sendBins(60);
  await withHeatmap(market, async (desk) => {
    await open(page, desk, 390, 844);
    for (const tab of ["Heatmap", "Signals", "Experiment", "Table"]) {
      await page.locator(".tabs").getByRole("button", { name: tab }).click();
      const size = await page.evaluate(() => ({
        scroll: document.documentElement.scrollWidth,
        small: [...document.querySelectorAll("button, select")].filter((element) => {
          const { width, height } = element.getBoundingClientRect();
          return element.checkVisibility() && width > 1 && height > 1 && height < 40;
        }).map((element) => element.textContent),
      }));
      deepStrictEqual(size, { scroll: 390, small: [] });
    }
  });
});

browserTest(
  "Heatmap draws 1,200 bins within a frame, in under 130 kB of script",
  async (page) => {
    const market = new ScriptedMarket();
    market.sendBins(1_300);
    let scriptBytes = 0;
    page.on("response", async (response) => {
      if (!response.url().includes("/_fresh/js/")) return;
      const body = await response.body();
      scriptBytes += gzipSync(body).length;
    });
    await withHeatmap(market, async (desk) => {
      await open(page, desk);
      await page.keyboard.press("-");
      await page.keyboard.press("-");
      const { view, layout } = await drawn(page, desk);
      ok(layout.dataWidth / view.columnPx * view.perColumn >= 1_200);
      await page.evaluate(() => globalThis.__lotus!.resetFrameStats());
      for (let i = 0; i < 25; i++) {
        market.sendBins(1);
        await drawn(page, desk);
      }
      const stats = await page.evaluate(() => globalThis.__lotus!.frameStats()) as {
        frames: number;
        drawP50: number;
      };
      ok(stats.frames >= 25);
      // Other work on the machine takes the processor away in single frames; the bench has their p95.
      ok(stats.drawP50 <= 16, `half of the drawn frames take more than ${stats.drawP50} ms`);
      ok(scriptBytes > 10_000 && scriptBytes <= 130_000, `script is ${scriptBytes} B gzip`);
    });
  },
);
