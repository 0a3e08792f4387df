import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { createLogger, Hub } from "../kit/mod.ts";
import { specOf } from "../testing/market_bench.ts";
import { tapeBytes, withTempDir } from "../testing/market_files.ts";
import { CommandError, type MarketEvent, MarketSession, type SessionOptions } from "./session.ts";

/** Opens, sends one bin, and dies at the first command. */
const DYING = {
  url: new URL("../testing/workers/dying_market.ts", import.meta.url),
  name: "dying",
  permissions: "none",
} as const;

function optionsWith(lines: string[], more: Partial<SessionOptions> = {}): SessionOptions {
  const log = createLogger("market", {
    level: "debug",
    human: false,
    now: () => new Date(0),
    write: (line) => lines.push(line),
  });
  return { hub: new Hub(), log, nowMs: () => performance.now(), autoAck: true, ...more };
}

Deno.test("MarketSession turns the death of its worker into a state, and opens again", async () => {
  const lines: string[] = [];
  const session = new MarketSession(
    specOf("synthetic"),
    optionsWith(lines, { worker: DYING }),
  );
  const events: MarketEvent[] = [];
  session.events.subscribe((event) => events.push(event));
  await session.opened();
  strictEqual((await session.open(specOf("synthetic")))?.phase, "live");
  ok(session.readiness().ok);
  await rejects(session.command({ op: "pause" }), (error) => {
    ok(error instanceof CommandError);
    match(error.message, /^The market stopped: .*the engine broke/);
    return true;
  });
  strictEqual(session.state?.phase, "error");
  deepStrictEqual(session.readiness(), {
    ok: false,
    detail: "market worker died: the engine broke",
  });
  match(session.state.message ?? "", /the engine broke/);
  await rejects(session.command({ op: "resume" }), CommandError);
  ok(lines.some((line) => line.includes("worker_failed")));
  ok(!events.some((event) => event.type === "gone"), "clients stay");
  strictEqual(session.totals.events, 1_000);
  strictEqual((await session.open(specOf("synthetic")))?.phase, "live");
  ok(events.some((event) => event.type === "reset"));
  ok(session.readiness().ok, "it has a worker again");
  deepStrictEqual([session.totals.events, session.totals.bins], [1_500, 3], "totals never go back");
  session.stop();
  strictEqual(events.at(-1)?.type, "gone");
  await rejects(session.command({ op: "pause" }), CommandError);
  strictEqual(
    (await session.open(specOf("synthetic")))?.phase,
    "live",
    "it answers and does nothing",
  );
});

Deno.test("MarketSession answers overlapping opens each by its own feed", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "a.dbn");
    await Deno.writeFile(path, tapeBytes({ seconds: 5 }));
    const session = new MarketSession(specOf(path), optionsWith([]));
    const [refused, second, paused] = await Promise.all([
      session.open(specOf(`${path}.gone`)).catch((error) => error),
      session.open(specOf(path, { speed: 5 })),
      session.command({ op: "pause" }),
    ]);
    ok(refused instanceof CommandError);
    match(refused.message, /^Cannot replay as the file does not exist/);
    deepStrictEqual([second?.phase, second?.speed], ["live", 5]);
    strictEqual(paused?.phase, "paused");
    session.stop();
  });
});

Deno.test("MarketSession bounds what is under way when nobody acknowledges", async () => {
  await withTempDir(async (folder) => {
    const path = join(folder, "a.dbn");
    await Deno.writeFile(path, tapeBytes({ seconds: 40 }));
    const session = new MarketSession(
      specOf(path, { speed: "max", maxInFlight: 32 }),
      optionsWith([], { autoAck: false, backfill: 96 }),
    );
    await session.opened();
    // A command is answered after the step that runs; after it the worker waits.
    let last = -1;
    while (session.totals.bins < 32 || session.totals.bins !== last) {
      last = session.totals.bins;
      await session.command({ op: "resume" });
    }
    ok(last >= 32 && last < 96, `${last}`);
    const seen: number[] = [];
    let next = session.bins.start;
    while (session.state?.phase !== "ended") {
      const end = session.bins.end;
      for (; next < end; next++) {
        const bin = session.bins.at(next);
        ok(bin !== undefined, "nothing falls out of the ring before it was read");
        seen.push(bin.seq);
        session.bins.taken(1);
      }
      await session.command({ op: "speed", speed: "max" });
    }
    for (; next < session.bins.end; next++) seen.push(session.bins.at(next)?.seq ?? -1);
    deepStrictEqual(seen, Array.from({ length: 400 }, (_, i) => i));
    session.stop();
  });
});
