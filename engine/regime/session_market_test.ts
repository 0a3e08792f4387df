import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import {
  type ControlState,
  type ControlTimeline,
  DEFAULT_CONTROL,
  fixedTimeline,
  PRESET_IDS,
} from "./control.ts";
import { getSyntheticEventCalendar } from "./events.ts";
import { SessionMarket } from "./session_market.ts";
import { nextSession, previousSession, sessionById } from "./sessions.ts";
import { UNIVERSE } from "./universe.ts";

const SESSION = sessionById(202601140);
const MINUTE = 60_000;

function withPreset(preset_id: ControlState["preset_id"], shared_seed = 11): ControlTimeline {
  return fixedTimeline({ ...DEFAULT_CONTROL, preset_id, shared_seed });
}

/** Everything that a market says about an instant. */
function answers(market: SessionMarket, tsMs: number): unknown {
  return [
    market.regimeAt(tsMs),
    market.phaseAt(tsMs),
    market.levelsAt(tsMs),
    market.focusAt(tsMs),
    UNIVERSE.map((_, s) => [market.basePrice(s, tsMs), market.sigma1mBps(s, tsMs)]),
  ];
}

Deno.test("two markets give the same answers whatever the order of the questions", () => {
  const times = Array.from({ length: 120 }, (_, i) => SESSION.openTs + i * 194_917);
  const forward = new SessionMarket(SESSION, fixedTimeline(DEFAULT_CONTROL));
  const backward = new SessionMarket(SESSION, fixedTimeline(DEFAULT_CONTROL));
  const first = times.map((ts) => answers(forward, ts));
  const second = [...times].reverse().map((ts) => answers(backward, ts)).reverse();
  deepStrictEqual(first, second);
});

Deno.test("what does not move the market leaves every bit of it alone", () => {
  const plain = new SessionMarket(SESSION, fixedTimeline(DEFAULT_CONTROL));
  const other = new SessionMarket(
    SESSION,
    fixedTimeline({
      ...DEFAULT_CONTROL,
      coverage_assist: false,
      coverage_window_minutes: 10,
      profile_weights: { ...DEFAULT_CONTROL.profile_weights, arbitrage: 1.6 },
      updated_at: 1_768_300_000_000,
      updated_by: "ana",
    }),
  );
  for (let ts = SESSION.openTs; ts < SESSION.closeTs; ts += 211_000) {
    deepStrictEqual(answers(other, ts), answers(plain, ts));
  }
});

Deno.test("a control entry leaves every instant before it alone, and a market grown by it equals a new one", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 389 * 60 }),
      fc.constantFrom(...PRESET_IDS),
      fc.integer({ min: 0, max: 3 }),
      (second, preset_id, shared_seed) => {
        const start = fixedTimeline(DEFAULT_CONTROL);
        const activate_at = SESSION.openTs + second * 1_000;
        const longer = [...start, {
          activate_at,
          snapshot: { ...DEFAULT_CONTROL, preset_id, shared_seed },
        }];
        const before = new SessionMarket(SESSION, start);
        before.basePrice(0, activate_at + 5 * MINUTE);
        const grown = before.withTimeline(longer);
        const fresh = new SessionMarket(SESSION, longer);
        for (const back of [1_000, 30_000, 61_000, 900_000]) {
          const ts = activate_at - back;
          if (ts >= SESSION.openTs) deepStrictEqual(answers(grown, ts), answers(before, ts));
        }
        for (const on of [0, 59_000, 600_000, 7_200_000]) {
          const ts = activate_at + on;
          if (ts < SESSION.closeTs) deepStrictEqual(answers(grown, ts), answers(fresh, ts));
        }
      },
    ),
    { numRuns: 12 },
  );
});

Deno.test("a preset change swaps the plan at the next minute and no earlier", () => {
  const activate_at = SESSION.openTs + 100 * MINUTE + 20_000;
  const market = new SessionMarket(SESSION, [
    ...withPreset("balanced_demo"),
    { activate_at, snapshot: { ...DEFAULT_CONTROL, preset_id: "quiet_range" } },
  ]);
  const balanced = new SessionMarket(SESSION, withPreset("balanced_demo"));
  const quiet = new SessionMarket(SESSION, withPreset("quiet_range"));
  for (let m = 0; m < 390; m++) {
    const ts = SESSION.openTs + m * MINUTE;
    strictEqual(market.regimeAt(ts), (m <= 100 ? balanced : quiet).regimeAt(ts), `minute ${m}`);
  }
  ok(
    market.basePrice(0, activate_at + 3 * MINUTE) !==
      balanced.basePrice(0, activate_at + 3 * MINUTE),
  );
  strictEqual(market.presetAt(activate_at - 1), "balanced_demo");
  strictEqual(market.presetAt(activate_at), "quiet_range");
});

Deno.test("levels glide and focus sets stand for a quarter of an hour", () => {
  for (const seed of [11, 12, 13, 14, 15]) {
    const market = new SessionMarket(SESSION, withPreset("event_day", seed));
    let before = market.levelsAt(SESSION.openTs);
    let focus = market.focusAt(SESSION.openTs).join();
    let regime = market.regimeAt(SESSION.openTs);
    let focusChanges = 0;
    let regimeChanges = 0;
    for (let ts = SESSION.openTs + 1_000; ts < SESSION.closeTs; ts += 1_000) {
      const now = market.levelsAt(ts);
      for (const level of ["volatility", "liquidity", "cleanliness"] as const) {
        ok(Math.abs(now[level] - before[level]) <= 0.02, `${level} at ${ts}`);
      }
      ok(now.volatility >= 0.18 && now.volatility <= 1.2);
      before = now;
      const set = market.focusAt(ts).join();
      if (set !== focus) focusChanges++;
      focus = set;
      if (market.regimeAt(ts) !== regime) regimeChanges++;
      regime = market.regimeAt(ts);
    }
    ok(focusChanges <= 26 + regimeChanges, `seed ${seed}: ${focusChanges} focus changes`);
    ok(focusChanges > 10);
  }
});

Deno.test("prices go on from moment to moment, and minutes arrive where their return says", () => {
  const market = new SessionMarket(SESSION, fixedTimeline(DEFAULT_CONTROL));
  for (let s = 0; s < UNIVERSE.length; s++) {
    let last = market.basePrice(s, SESSION.openTs);
    for (let ts = SESSION.openTs; ts < SESSION.openTs + 900_000; ts += 250) {
      const price = market.basePrice(s, ts);
      ok(Math.abs(price / last - 1) * 10_000 < 3 * market.sigma1mBps(s, ts) + 1e-9);
      last = price;
    }
    for (let minute = 0; minute < 390; minute += 7) {
      const ts = SESSION.openTs + minute * MINUTE;
      const arrived = market.basePrice(s, ts) * (1 + market.returnBps(s, ts) / 10_000);
      ok(Math.abs(market.basePrice(s, ts + MINUTE) / arrived - 1) < 1e-12);
    }
  }
});

Deno.test("overnight prices gap a little; sessions of the loop clock go on where the last one ended", () => {
  let session = sessionById(202601220);
  for (let i = 0; i < 24; i++, session = nextSession(session, "loop")) {
    const clock = i === 0 ? "et" : "loop";
    const next = nextSession(session, clock);
    const today = new SessionMarket(session, fixedTimeline(DEFAULT_CONTROL), clock);
    const tomorrow = new SessionMarket(next, fixedTimeline(DEFAULT_CONTROL), clock);
    const gapped = new Map(
      tomorrow.events.filter((e) => e.kind === "past").map((e) => [e.symbol, e.gap]),
    );
    UNIVERSE.forEach((u, s) => {
      const gap = tomorrow.basePrice(s, next.openTs) / today.basePrice(s, session.closeTs) - 1;
      const rest = Math.abs(gap - (gapped.get(s) ?? 0));
      ok(rest < (clock === "et" ? 0.03 : 1e-9), `${u.symbol} ${clock} after ${session.id}: ${gap}`);
    });
  }
});

Deno.test("prices stay near their references through a whole week of loops", () => {
  let session = sessionById(202601200);
  for (let i = 0; i < 20; i++) session = previousSession(session, "loop");
  for (let i = 0; i < 40; i++, session = nextSession(session, "loop")) {
    const market = new SessionMarket(session, fixedTimeline(DEFAULT_CONTROL));
    UNIVERSE.forEach((u, s) => {
      const ratio = market.basePrice(s, session.closeTs - 1_000) / u.price;
      ok(ratio > 0.5 && ratio < 2, `${u.symbol} in ${session.id}: ${ratio}`);
    });
  }
});

Deno.test("the calendar knows this session's events and the last session's past one, on trading days", () => {
  const entries = getSyntheticEventCalendar(SESSION.id, DEFAULT_CONTROL);
  const market = new SessionMarket(SESSION, fixedTimeline(DEFAULT_CONTROL));
  const past = market.events.filter((event) => event.kind === "past");
  strictEqual(past.length, 1);
  strictEqual(market.events.filter((event) => event.kind === "future").length, 2);
  for (const event of market.events) {
    ok(entries.some((entry) => entry.event_ts === event.eventTs), `${event.kind}`);
  }
  ok(entries.some((entry) => entry.event_ts < (past[0]?.eventTs ?? 0)));
  for (const entry of entries) {
    ok(entry.announced_ts <= entry.event_ts - 10 * 86_400_000);
    ok(entry.announced_ts < SESSION.openTs);
  }
  strictEqual(new Set(market.eventSymbols).size, market.eventSymbols.length);
});
