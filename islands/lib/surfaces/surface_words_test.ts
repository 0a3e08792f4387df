import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import type { ScreenState } from "../clock/mod.ts";
import { pageMs } from "../socket/mod.ts";
import { barOf } from "./cell_painter.ts";
import { cellFacts, cellSentence } from "./cell_facts.ts";
import { LADDER, PLANE } from "./cell_planes.ts";
import { feedWordOf } from "./feed_word.ts";
import { qualityWords } from "./quality_words.ts";
import { surfaceHealth, type SurfaceReading } from "./surface_health.ts";
import { emptyWindow, putVelocity, storeOf } from "./testing/drawn_surfaces.ts";

const FIRST_S = 1_767_709_801;

Deno.test("qualityWords() has a word for every bit, the bad ones marked", () => {
  const words = qualityWords(127, false);
  strictEqual(words.length, 8);
  deepStrictEqual(qualityWords(0, true), []);
  deepStrictEqual(qualityWords(16, true).map(({ word, isBad }) => [word, isBad]), [[
    "no option book",
    true,
  ]]);
  deepStrictEqual(qualityWords(64, true).map(({ isBad }) => isBad), [false]);
});

Deno.test("barOf() lies away from the spot, around it where both are one", () => {
  deepStrictEqual([barOf(40, 20), barOf(0, 20), barOf(20, 20)], [40, -7, 16]);
});

Deno.test("cellFacts() tells every layer's value with its unit, and what did not come", () => {
  const window = emptyWindow(FIRST_S, 27_800);
  putVelocity(window, 27_805, -0.25);
  window.cells[PLANE.WALL + 405] = 12;
  window.cells[PLANE.WALL_CHANGE + 405] = -3;
  window.ladder[LADDER.OPTIONS + 12] = 1.5;
  window.ladder[LADDER.CALLS + 12] = 7_023.3;
  window.ladder[LADDER.NAIVE + 12] = 7_000;
  const store = storeOf([window, { ...emptyWindow(FIRST_S + 2, 27_800), loaded: 0, quality: 64 }]);
  const of = (second: number, tick: number) =>
    cellFacts(store, second, tick, "naive", (tick) => (tick / 4).toFixed(2));
  const facts = of(FIRST_S, 27_805);
  strictEqual(facts.get("price"), "6951.25");
  strictEqual(facts.get("away"), "+5 ticks from spot");
  strictEqual(facts.get("time"), "09:30:01 ET · 14:30:01 UTC");
  strictEqual(facts.get("velocity"), "−0.250 of depth/s");
  strictEqual(facts.get("wall"), "12 ask contracts, −3 in 1 s");
  strictEqual(facts.get("strike"), "6950.00");
  strictEqual(facts.get("calls"), "7\u2009023 USD/pt²");
  strictEqual(facts.get("dealers"), "+7\u2009000 USD/pt²");
  match(cellSentence(facts), /^6951\.25, \+5 ticks from spot/);
  match(of(FIRST_S + 1, 27_805).get("source")!, /did not come/);
  const later = of(FIRST_S + 2, 27_805);
  match(later.get("wall")!, /^coming/);
  match(later.get("source")!, /generated data/);
});

const WELL: SurfaceReading = {
  link: { kind: "live", sinceMs: 0 },
  feed: null,
  hasEnded: false,
  rate: 1,
  isHeld: false,
  isReplay: false,
  windowAtMs: 0,
  wordAtMs: 0,
};

Deno.test("surfaceHealth() says what stands over the picture in every state", () => {
  const nowMs = pageMs();
  const screen = (kind: ScreenState["kind"], word = ""): ScreenState => ({
    kind,
    word,
    detail: "",
    ageMs: null,
  });
  const plate = (state: ScreenState, more: Partial<SurfaceReading> = {}, hasWindows = true) => {
    const reading = { ...WELL, windowAtMs: nowMs, wordAtMs: nowMs, ...more };
    const { plate, note } = surfaceHealth(state, reading, hasWindows);
    return `${plate} | ${note}`;
  };
  const waiting = screen("loading", "Waiting for data");
  match(plate(screen("loading", "Connecting")), /^Connecting/);
  match(plate(waiting, {}, false), /^Waiting for the first second/);
  match(
    plate(waiting, { windowAtMs: nowMs - 9_000 }, false),
    /^No surfaces yet \| Nothing has come for 9/,
  );
  match(plate(screen("stale"), { windowAtMs: nowMs - 7_000 }), /^Stale for 7.* No new second/);
  match(plate(screen("stale"), { wordAtMs: nowMs - 7_000 }), /^Stale for 7.* No word/);
  const retry = {
    kind: "reconnecting",
    attempt: 2,
    retryAtMs: Date.now() + 3_000,
    reason: "gone",
  } as const;
  match(plate(screen("reconnecting"), { link: retry }), /^Not connected: gone \| Try 2 in 3 s/);
  match(
    plate(screen("error"), { link: { kind: "refused", reason: "why" } }),
    /^The server refused \| why/,
  );
  match(plate(screen("ended")), /^End of the recording/);
  strictEqual(plate(screen("live")), "null | null");
  match(plate(screen("live"), { isReplay: true }, false), /^No surfaces for this stretch/);
});

Deno.test("feedWordOf() reads a state of the feed, and nothing else", () => {
  const state = {
    kind: "synthetic",
    isSynthetic: true,
    phase: "live",
    name: "synthetic",
    symbol: "ESH6",
    speed: 1,
    clock: { dueNs: "1767709801000000000", atMs: 5, rate: 1 },
  };
  const word = feedWordOf(state);
  ok(word !== null && word.clock?.rate === 1 && word.nowNs === null);
  for (const bad of [null, 5, {}, { ...state, phase: "odd" }, { ...state, kind: 1 }]) {
    strictEqual(feedWordOf(bad), null);
  }
});
