import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { Locator, Page } from "playwright-core";
import { queryOf } from "../islands/lib/tape/filters.ts";
import { OPEN_FILTER } from "../islands/lib/tape/tape_filter.ts";
import { TAPE_CHANNELS } from "../islands/lib/tape/rows.ts";
import { queryKey } from "../islands/lib/tape/tape_query.ts";
import { pane as paneNode, split } from "../islands/lib/workspace/layout.ts";
import { layoutToUrl } from "../islands/lib/workspace/layout_codec.ts";
import { browserTest } from "../jobs/testing/browser.ts";
import type { ScriptedMarket } from "../jobs/testing/scripted_market.ts";
import { open, openEvery, pane, settled, topRow, topText, withDesk } from "./_served_desk_test.tsx";

const INTERVALS_MS = [60_000, 300_000, 900_000] as const;

/** Nine charts, three of each interval that the server has, and a tape, a chain and the heatmap. */
const TWELVE_PANES = layoutToUrl(split("row", [60, 40], [
  split(
    "col",
    [33, 33, 34],
    [0, 1, 2].map((row) =>
      split(
        "row",
        [33, 33, 34],
        INTERVALS_MS.map((ms, i) => paneNode("chart", `chart-${row}-${i}`, `interval=${ms}`)),
      )
    ),
  ),
  split("col", [30, 40, 30], [paneNode("equities"), paneNode("chain"), paneNode("heatmap")]),
]));

browserTest(
  "Workspace tells how far the making of the past is, calmly, until it is made",
  async (page) => {
    await withDesk(async (tape, url) => {
      const message = "Making the last 15 minutes of tape, 43\u00a0%";
      tape.make({ progress: 0.43, message });
      await openEvery(page, url);
      const bar = page.locator("header .health");
      await bar.getByText(message).waitFor();
      strictEqual(await bar.locator("progress").getAttribute("value"), "0.43");
      await pane(page, "options").locator(".age", { hasText: "making 43 %" }).waitFor();
      deepStrictEqual(await page.locator(".age[data-kind=stale], .status .warn").count(), 0);
      tape.make(null);
      await bar.getByText("Live", { exact: true }).waitFor();
      await pane(page, "options").locator('.age:not([data-kind="making"])').waitFor();
    });
  },
);

browserTest("Workspace shows new rows on top, as they come, in every tape", async (page) => {
  await withDesk(async (tape, url) => {
    await openEvery(page, url);
    await tape.send("options", 1, { option_contract_id: "KO-2027-01-15-60-C", nbbo_side: "A" });
    await topText(page, "options", "KO 15 Jan 60 C");
    await topText(page, "options", "▲ A");
    await tape.send("equities", 1, { underlying_id: "PFE", offExchangeFlag: true });
    await topText(page, "equities", "PFE");
    await tape.send("smart-money", 1, { underlying_id: "COIN", abstained: true });
    await topText(page, "smart", /COIN.*abstained/);
    await tape.send("flow", 1);
    await tape.send("alerts", 1, { underlying_id: "DIS", severity: "high" });
    await topText(page, "alerts", /DIS.*● new/);
    await tape.send("inferred-dark", 1, { underlying_id: "BA", type: "absorbed_block" });
    await topText(page, "dark", /BA.*absorbed block/);
    await page.locator(".tickers .ticker").first().waitFor();
    await page.waitForFunction(() =>
      document.querySelector(".status")?.textContent?.includes("ET")
    );
    const roles = await pane(page, "options").locator('[role="grid"]').evaluate((grid) => ({
      rows: Number(grid.getAttribute("aria-rowcount")),
      heads: grid.querySelectorAll('[role="columnheader"]').length,
      cells: grid.querySelectorAll('[aria-rowindex="2"] [role="gridcell"]').length,
    }));
    ok(roles.rows > 40 && roles.heads >= 7 && roles.cells === roles.heads, JSON.stringify(roles));
  });
});

browserTest("Workspace holds a scrolled tape, counts new rows, loads older ones", async (page) => {
  await withDesk(async (tape, url) => {
    await tape.send("equities", 1_200);
    await openEvery(page, url);
    const scroller = pane(page, "equities").locator(".tape-scroll");
    await scroller.evaluate((element) => element.scrollTop = 240);
    const jump = pane(page, "equities").locator(".jump");
    await jump.waitFor();
    const seen = () =>
      pane(page, "equities").locator(".tr:not([hidden])").evaluateAll((rows) => {
        const inSight = rows.map((row) => [row.getAttribute("aria-rowindex"), row.textContent]);
        return Object.fromEntries(inSight);
      });
    const before = (await seen())["14"];
    await tape.send("equities", 7);
    await jump.filter({ hasText: "7 new" }).waitFor();
    strictEqual((await seen())["14"], before);
    await tape.send("equities", 1_000);
    await jump.filter({ hasText: "999+ new" }).waitFor();
    await scroller.evaluate((element) => element.scrollTop = element.scrollHeight);
    await page.waitForFunction(() =>
      Number(
        document.querySelector('[data-pane="equities"] [role=grid]')?.getAttribute("aria-rowcount"),
      ) > 700
    );
    await tape.send("equities", 1, { underlying_id: "PFE" });
    await jump.click();
    await topText(page, "equities", "PFE");
    await jump.waitFor({ state: "hidden" });
  });
});

browserTest("Workspace pauses one pane or all, and says so", async (page) => {
  await withDesk(async (tape, url) => {
    await openEvery(page, url);
    await page.getByRole("button", { name: "Pause Alerts" }).click();
    await tape.send("alerts", 3);
    await pane(page, "alerts").getByText("❚❚ Paused · 3 new · resume").click();
    await pane(page, "alerts").locator(".jump").waitFor({ state: "hidden" });
    await pane(page, "options").locator(".tape-scroll").focus();
    await page.keyboard.press(" ");
    await tape.send("options", 2, { nbbo_side: "A" });
    await pane(page, "options").getByText("❚❚ Paused · 2 new · resume").waitFor();
    strictEqual(await page.locator(".jump").count(), 6);
    await page.keyboard.press(" ");
    await page.locator(".jump").first().waitFor({ state: "detached" });
  });
});

browserTest(
  "Workspace filters by symbols, sides and bounds, and links the filter",
  async (page) => {
    await withDesk(async (tape, url) => {
      await openEvery(page, url);
      await page.keyboard.press("/");
      await page.keyboard.type("nvda, ko");
      await page.keyboard.press("Enter");
      await tape.send("equities", 1, { underlying_id: "KO" });
      await topText(page, "equities", "KO");
      await tape.send("equities", 1, { underlying_id: "SPY" });
      await tape.send("equities", 1, { underlying_id: "NVDA" });
      await topText(page, "equities", "NVDA");
      const symbols = await pane(page, "equities").locator(".tr:not([hidden])").allTextContents();
      ok(symbols.every((text) => /NVDA|KO/.test(text)));
      await page.getByRole("button", { name: "Clear", exact: true }).click();
      await page.getByRole("button", { name: "Filter Options tape" }).click();
      await pane(page, "options").getByLabel("Sides").selectOption("Bid side");
      await tape.send("options", 1, { nbbo_side: "BB" });
      await topText(page, "options", "▼▼ BB");
      await tape.send("options", 1, { nbbo_side: "A" });
      // What is kept off is counted; the chip shows it again.
      const chip = pane(page, "options").getByRole("button", { name: "filter Bid side" });
      await chip.filter({ hasText: /−[1-9]/ }).waitFor();
      await pane(page, "options").getByText(/^[1-9]\d* of the newest \d+ shown$/).waitFor();
      await chip.click();
      await topText(page, "options", "▲ A");
      await pane(page, "options").getByLabel("Sides").selectOption("Bid side");
      await pane(page, "options").getByText("Bounds").click();
      await pane(page, "options").getByLabel("Size, at least").fill("5000");
      await page.keyboard.press("Tab");
      await pane(page, "options").getByText("No option print passes").waitFor();
      await tape.send("options", 1, { nbbo_side: "B", size: 6_000 });
      await topText(page, "options", /6.000/);
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await page.getByRole("button", { name: "Copy a link" }).click();
      await page.getByText("Link copied").waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());
      await page.evaluate(() => localStorage.clear());
      await page.goto(link);
      await topText(page, "options", /6.000/);
      strictEqual(await pane(page, "options").locator(".tr:not([hidden])").count(), 1);
    });
  },
);

browserTest("Workspace groups a tape with running net premium, and drills down", async (page) => {
  await withDesk(async (tape, url) => {
    await openEvery(page, url);
    await page.getByRole("button", { name: "Filter Options tape" }).click();
    await pane(page, "options").getByLabel("Sides").selectOption("All sides");
    await pane(page, "options").getByLabel("Show", { exact: true }).selectOption("By contract");
    const contract = "KO-2027-01-15-60-C";
    const given = { option_contract_id: contract, underlying_id: "KO" };
    await tape.send("options", 1, { ...given, nbbo_side: "A", notional: 9_000_000 });
    await tape.send("options", 1, { ...given, nbbo_side: "B", notional: 2_000_000 });
    await topText(page, "options", /KO 15 Jan 60 C2.*11.00M\+7.00M/);
    await topRow(page, "options").click();
    await pane(page, "options").getByRole("button", { name: "Remove the filter KO 15 Jan 60 C" })
      .waitFor();
    // Spare elements of the rows before must not be seen: they would be ghosts.
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[data-pane="options"] .tape-rows .tr')]
        .filter((row) => row.checkVisibility()).length === 2
    );
  });
});

browserTest(
  "Workspace works by keyboard: palette, panes, rows, sheet, whole page",
  async (page) => {
    await withDesk(async (tape, url) => {
      await openEvery(page, url);
      await page.keyboard.press("s");
      await page.waitForFunction(() =>
        document.activeElement?.closest(".pane")?.getAttribute("data-pane") === "smart"
      );
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      const selected = pane(page, "smart").locator('[aria-selected="true"]');
      strictEqual(await selected.getAttribute("aria-rowindex"), "3");
      await tape.send("smart-money", 2);
      await pane(page, "smart").getByText("2 new").waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("complementary", { name: /Evidence/ }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("complementary", { name: /Evidence/ }).waitFor({ state: "detached" });
      await page.keyboard.press("Escape");
      await pane(page, "smart").locator(".jump").waitFor({ state: "detached" });
      await page.keyboard.press("f");
      strictEqual(await page.locator(".workspace .pane").count(), 1);
      await page.keyboard.press("Escape");
      strictEqual(await page.locator(".workspace .pane").count() > 5, true);
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Keyboard" }).getByText("Command palette").waitFor();
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+k");
      await page.keyboard.type("coin");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() =>
        document.querySelector<HTMLInputElement>("#symbols")?.value === "COIN"
      );
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await tape.send("alerts", 1, { underlying_id: "COIN" });
      await topText(page, "alerts", /COIN.*● new/);
      await page.keyboard.press("a");
      await page.waitForFunction(() =>
        document.activeElement?.closest(".pane")?.getAttribute("data-pane") === "alerts"
      );
      await page.keyboard.press("ArrowDown");
      await pane(page, "alerts").locator('[aria-rowindex="2"][aria-selected="true"]').waitFor();
      await page.keyboard.press("x");
      await topText(page, "alerts", "✓ seen");
    });
  },
);

browserTest("Workspace keeps layouts over a reload: sizes, panes, names", async (page) => {
  await withDesk(async (_tape, url) => {
    await open(page, url);
    const border = page.locator(".border[aria-orientation=vertical]").first();
    const width = () => pane(page, "rail").evaluate((element) => element.clientWidth);
    const before = await width();
    await border.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
    const wider = await settled(page, width, (now) => now > before + 60);
    await page.getByRole("button", { name: "Own layout" }).click();
    await page.getByLabel("Save the layout in force as").fill("Mine");
    await page.keyboard.press("Enter");
    await pane(page, "dark").getByLabel("More of Inferred off-exchange").click();
    await pane(page, "dark").getByRole("button", { name: "Close pane" }).click();
    await pane(page, "dark").waitFor({ state: "detached" });
    await page.reload();
    await page.locator(".tape-rows .tr:not(.skeleton)").first().waitFor();
    strictEqual(await pane(page, "dark").count(), 0);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("mine");
    await page.keyboard.press("Enter");
    await pane(page, "dark").waitFor();
    await settled(page, width, (now) => Math.abs(now - wider) <= 1);
  });
});

browserTest(
  "Workspace shows a gap and fills it, and comes back after a lost socket",
  async (page) => {
    await withDesk(async (tape, url) => {
      await openEvery(page, url);
      await tape.drop("equities", 5, queryKey(queryOf("equities", OPEN_FILTER, [])));
      await topText(page, "equities", "5 rows missing");
      await tape.send("equities", 1, { underlying_id: "PFE" });
      await topText(page, "equities", "PFE");
      await pane(page, "equities").getByText("5 rows missing").click();
      await pane(page, "equities").getByText("5 rows missing").waitFor({ state: "hidden" });
      const times = await pane(page, "equities").locator(".tr:not([hidden])").evaluateAll((rows) =>
        rows.sort((a, b) =>
          Number(a.getAttribute("aria-rowindex")) - Number(b.getAttribute("aria-rowindex"))
        ).slice(0, 8).map((row) => row.firstElementChild!.textContent)
      );
      deepStrictEqual(times, [...times].sort().reverse());
      tape.disconnect(4_000, "the tape is gone");
      await tape.send("equities", 3, { underlying_id: "KO" });
      await page.locator('.health[data-kind="live"]').waitFor();
      await topText(page, "equities", "KO");
      strictEqual(await pane(page, "equities").getByText("KO", { exact: true }).count(), 3);
    });
  },
);

browserTest("Workspace holds the heatmap as a pane with keys of its own", async (page) => {
  await withDesk(async (_tape, url) => {
    await open(page, url);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("chart desk");
    await page.keyboard.press("Enter");
    const heat = pane(page, "heatmap");
    await heat.locator("canvas.base").waitFor();
    // The pane is there before its code listens: whoever is quicker presses again.
    const isFocused = () => document.activeElement?.matches(".plot") === true;
    while (!await page.evaluate(isFocused)) {
      await page.keyboard.press("h");
      await page.waitForFunction(isFocused, null, { timeout: 1_000 }).catch(() => {});
    }
    await page.keyboard.press("2");
    await heat.locator('[role=radio][aria-checked="true"]', { hasText: "Pressure" }).waitFor();
    await page.keyboard.press(".");
    await page.waitForFunction(() => document.activeElement?.matches(".tape-scroll"));
    await page.keyboard.press("1");
    await heat.locator('[role=radio][aria-checked="true"]', { hasText: "Pressure" }).waitFor();
  });
});

/** Tabs that are narrower than the longest of their words needs. */
function cutTabs(page: Page): Promise<string[]> {
  return page.locator(".tabs :is(button, select)").evaluateAll((tabs) =>
    tabs.filter((tab) => {
      const style = (tab as HTMLElement).style;
      const { width } = tab.getBoundingClientRect();
      [style.width, style.justifySelf] = ["max-content", "start"];
      const wanted = tab.getBoundingClientRect().width;
      [style.width, style.justifySelf] = ["", ""];
      return wanted > width + 0.5;
    }).map((tab) => tab.textContent ?? "")
  );
}

browserTest("Workspace fits a phone: one pane, tabs, no sideways scroll, thumbs", async (page) => {
  await withDesk(async (_tape, url) => {
    await open(page, url, 390, 844);
    for (const tab of ["Smart", "Alerts", "Equities", "Options"]) {
      await page.locator(".tabs").getByRole("button", { name: tab }).click();
      await page.locator(".tr:not(.skeleton)").first().waitFor();
      const size = await page.evaluate(() => ({
        panes: document.querySelectorAll(".workspace .pane").length,
        scroll: document.documentElement.scrollWidth,
        small: [...document.querySelectorAll("button, select, summary, .tr:not([hidden])")]
          .filter((element) => {
            const { width, height } = element.getBoundingClientRect();
            return element.checkVisibility() && width > 1 && height > 1 && height < 40;
          }).map((element) => element.textContent),
      }));
      deepStrictEqual(size, { panes: 1, scroll: 390, small: [] });
    }
    deepStrictEqual(await cutTabs(page), [], "every tab has room for its words");
  });
});

browserTest(
  "Workspace cancels a jump of a replay that is under way, back to where it began",
  async (page) => {
    await withDesk(async (tape, url) => {
      const patches: unknown[] = [];
      const both = Promise.withResolvers<void>();
      await page.route("**/replay/sessions/r1", (route) => {
        if (route.request().method() !== "PATCH") return route.continue();
        if (patches.push(route.request().postDataJSON()) === 2) both.resolve();
        return route.fulfill({ status: 200, contentType: "application/json", body: "{}" });
      });
      await open(page, url);
      await page.getByRole("button", { name: "NOW", exact: true }).click();
      await page.getByRole("button", { name: "Start replay" }).click();
      await page.getByText("Opening the replay").waitFor();
      await page.locator('.health[data-kind="live"]').waitFor();
      const startTs = 1_768_300_000_000;
      const at = (ts: number, phase: "paused" | "warming") =>
        tape.tellClock({
          ts,
          start_ts: startTs,
          end_ts: startTs + 300_000,
          speed: 1,
          paused: true,
          phase,
        });
      const bar = page.locator(".transport");
      const cancel = bar.getByRole("button", { name: "Cancel the jump" });
      at(startTs, "warming"); // at its start there is nothing to go back to
      await bar.getByText("warming").waitFor();
      strictEqual(await cancel.count(), 0);
      at(startTs + 60_000, "paused");
      await bar.getByText("paused", { exact: true }).waitFor();
      await bar.getByRole("slider").fill(`${startTs + 200_000}`);
      at(startTs + 200_000, "warming");
      await cancel.click();
      await cancel.waitFor({ state: "detached" });
      await both.promise;
      deepStrictEqual(patches, [{ seek_ts: startTs + 200_000 }, { seek_ts: startTs + 60_000 }]);
    });
  },
);

browserTest("Workspace is small: under 170 kB of script, under 6,000 nodes", async (page) => {
  const bodies = new Map<string, Promise<Uint8Array>>(); // a worker asks again for what is cached
  page.on("response", (response) => {
    const url = response.url();
    if (url.includes("/_fresh/js/") && !bodies.has(url)) bodies.set(url, response.body());
  });
  await withDesk(async (tape, url) => {
    for (const channel of TAPE_CHANNELS) await tape.send(channel, 2_000);
    await openEvery(page, url);
    for (const channel of TAPE_CHANNELS) await tape.send(channel, 3_000);
    const isLong = () =>
      Number(
        document.querySelector('[data-pane="equities"] [role=grid]')?.getAttribute("aria-rowcount"),
      ) > 3_000;
    while (!await page.evaluate(isLong)) {
      await tape.send("equities", 500); // what was sent before the tape listened was not for it
      await page.waitForFunction(isLong, null, { timeout: 1_000 }).catch(() => {});
    }
    const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
    ok(nodes < 6_000, `${nodes} nodes`);
    const scripts = await Promise.all(bodies.values());
    const scriptBytes = scripts.reduce((sum, body) => sum + gzipSync(body).length, 0);
    ok(scriptBytes > 10_000 && scriptBytes <= 170_000, `script is ${scriptBytes} B gzip`);
  });
});

browserTest("Workspace saves what a tape shows as CSV and NDJSON", async (page) => {
  await withDesk(async (_tape, url) => {
    await openEvery(page, url);
    for (const kind of ["CSV", "NDJSON"]) {
      await pane(page, "equities").getByLabel("More of Equities tape").click();
      const [saved] = await Promise.all([
        page.waitForEvent("download"),
        pane(page, "equities").getByRole("button", { name: `Save ${kind}`, exact: true }).click(),
      ]);
      match(saved.suggestedFilename(), new RegExp(`^lotus-equities-.*\\.${kind.toLowerCase()}$`));
      const text = await Deno.readTextFile((await saved.path())!);
      const lines = text.trimEnd().split("\n");
      strictEqual(lines.length, kind === "CSV" ? 61 : 60);
      if (kind === "CSV") match(lines[0]!, /^new_york,kind,ts,seq,id,symbol,price,size/);
      else strictEqual(JSON.parse(lines[0]!).kind, "equities");
    }
  });
});

/** Sends bins until a heatmap is live. */
async function liveWhile(heat: Locator, market: ScriptedMarket): Promise<void> {
  const bins = setInterval(() => {
    market.sendBins(1);
    market.setFeed({}); // time goes by the bins that are sent
  }, 250);
  await heat.locator('.plot[data-health="live"]').waitFor().finally(() => clearInterval(bins));
}

browserTest("Workspace reads twelve panes, nine of them charts, over two sockets", async (page) => {
  await withDesk(async (tape, url, market) => {
    const ts = Math.floor(Date.now() / 900_000) * 900_000;
    const given = { underlying_id: "SPY", ts, source_ts: ts };
    const candle = (ms: number, volume: number) =>
      tape.send("equity-candles", 1, { ...given, interval_ms: ms, volume });
    for (const ms of INTERVALS_MS) await candle(ms, 111);
    await tape.send("nbbo", 200);
    await tape.send("equity-quotes", 4);
    await open(page, `${url}?w=${TWELVE_PANES}`);
    const showsVolume = async (volume: string) =>
      await page.waitForFunction(
        (text) =>
          [...document.querySelectorAll(".chart-readout")]
            .filter((one) => one.textContent?.includes(`V ${text}`)).length === 9,
        volume,
      );
    await showsVolume("111");
    await pane(page, "chain").locator(".chain-row").first().waitFor();
    await liveWhile(pane(page, "heatmap"), market);
    for (const ms of INTERVALS_MS) await candle(ms, 222);
    await showsVolume("222");
    await tape.send("equities", 1, { underlying_id: "PFE" });
    await topText(page, "equities", "PFE");
    market.sendBins(1);
    strictEqual(await page.locator(".workspace .pane[data-pane-key]").count(), 12);
    deepStrictEqual({ rows: tape.accepted, frames: market.listeners }, { rows: 1, frames: 1 });
    tape.disconnect(4_000, "the tape is gone");
    for (const ms of INTERVALS_MS) await candle(ms, 333);
    await showsVolume("333");
    strictEqual(tape.accepted, 2);
  });
});

browserTest(
  "Workspace moves the heatmap by the clock of a replay, and says where it has no bins",
  async (page) => {
    await withDesk(async (tape, url, market) => {
      await open(page, url);
      const heat = pane(page, "heatmap");
      await heat.locator('.pane-stamp .stamp[data-kind="SYNTHETIC"]').waitFor();
      await page.getByRole("button", { name: "NOW", exact: true }).click();
      await page.getByRole("button", { name: "Start replay" }).click();
      await page.getByText("Opening the replay").waitFor();
      await page.locator('.health[data-kind="live"]').waitFor();
      const startMs = Number(BigInt(market.feed.startNs ?? "0") / 1_000_000n);
      /** Sets the clock so many ms after the market's first bin began, and tells what the heatmap shows. */
      const at = async (ms: number, shown: string | RegExp) => {
        tape.tellClock({
          ts: startMs + ms,
          start_ts: startMs,
          end_ts: startMs + 300_000,
          speed: 1,
          paused: true,
          phase: "paused",
        });
        await heat.locator(".marks .mark, .plate").filter({ hasText: shown }).waitFor();
      };
      await at(2_050, "09:30:02.000 ET");
      await at(3_900, "09:30:03.900 ET");
      await at(1_000, "09:30:01.000 ET"); // what came later is not seen
      await at(60_000, /No bins for this stretch/);
      market.sendBins(1); // the heatmap stops listening, so that what it keeps stays
      while (market.listeners > 0) await page.evaluate(() => new Promise(requestAnimationFrame));
      await at(3_000, "09:30:03.000 ET");
      await page.locator(".transport").getByRole("button", { name: "Back to live" }).click();
      await heat.locator(".marks .mark", { hasText: "09:30:03.000" }).waitFor({
        state: "detached",
      });
      while (market.listeners === 0) await page.evaluate(() => new Promise(requestAnimationFrame));
      await liveWhile(heat, market);
    });
  },
);
