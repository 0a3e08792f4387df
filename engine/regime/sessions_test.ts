import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { newYorkNs } from "../clock/mod.ts";
import {
  dateOfDays,
  daysOfDate,
  etDate,
  isHalfDay,
  isTradingDay,
  tradingDayFrom,
} from "./calendar.ts";
import { DEFAULT_CONTROL, fixedTimeline } from "./control.ts";
import {
  nextSession,
  previousSession,
  sessionAt,
  sessionById,
  type SessionPace,
  tradeDay,
} from "./sessions.ts";
import { SessionMarket } from "./session_market.ts";

/** Trading days on both sides of both changes of clocks, half days and days after holidays among them. */
const DATES = [
  20260105,
  20260120,
  20260217,
  20260306,
  20260309,
  20260310,
  20260406,
  20260526,
  20260622,
  20260706,
  20260908,
  20261030,
  20261102,
  20261103,
  20261127,
  20261224,
  20250307,
  20250310,
  20251103,
  20270315,
];

function nyMs(date: number, time: string): number {
  const text = String(date);
  return Number(
    newYorkNs(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`, time) / 1_000_000n,
  );
}

Deno.test("09:30:00 New York is minute 0 and the open on twenty dates across both changes of clocks", () => {
  for (const date of DATES) {
    const openTs = nyMs(date, "09:30");
    const session = sessionAt(openTs, "et");
    ok(session !== null, `${date}`);
    strictEqual(session.openTs, openTs, `${date}`);
    strictEqual(session.id, date * 10);
    strictEqual(session.date, date);
    strictEqual(sessionAt(openTs - 1, "et"), null);
    const market = new SessionMarket(
      session,
      fixedTimeline({
        ...DEFAULT_CONTROL,
        // This preset has no release that would override the clock.
        preset_id: "quiet_range",
      }),
    );
    strictEqual(market.phaseAt(openTs), "open");
    strictEqual(market.phaseAt(openTs + 3_599_000), "open");
    strictEqual(market.phaseAt(openTs + 3_600_000), "midday");
    strictEqual(market.phaseAt(session.closeTs - 3_601_000), "midday");
    strictEqual(market.phaseAt(session.closeTs - 3_600_000), "power_hour");
    strictEqual(market.phaseAt(session.closeTs - 1_000), "power_hour");
  }
});

Deno.test("holidays and half days of 2025 to 2027 are the exchanges' own", () => {
  const closed = [
    [20250101, 20250109, 20250120, 20250217, 20250418, 20250526, 20250619, 20250704, 20250901],
    [20251127, 20251225, 20260101, 20260119, 20260216, 20260403, 20260525, 20260619, 20260703],
    [20260907, 20261126, 20261225, 20270101, 20270118, 20270215, 20270326, 20270531, 20270618],
    [20270705, 20270906, 20271125, 20271224],
  ].flat();
  const half = [20250703, 20251128, 20251224, 20261127, 20261224, 20271126];
  const found = { closed: [] as number[], half: [] as number[] };
  for (let days = daysOfDate(20250101); days <= daysOfDate(20271231); days++) {
    const weekday = (days + 4) % 7;
    if (weekday !== 0 && weekday !== 6 && !isTradingDay(days)) found.closed.push(dateOfDays(days));
    if (isTradingDay(days) && isHalfDay(days)) found.half.push(dateOfDays(days));
  }
  deepStrictEqual(found, { closed, half });
});

Deno.test("a half day ends at 13:00 and its last hour is the power hour", () => {
  const session = sessionById(202611270);
  strictEqual(session.minutes, 210);
  strictEqual(session.closeTs, nyMs(20261127, "13:00"));
});

Deno.test("loops tile the hours between sessions and the last one is cut by the open", () => {
  let session = sessionById(202610300);
  // A weekend with a change of clocks: 66.5 hours from close to open.
  for (let i = 0; i < 14; i++) {
    const next = nextSession(session, "loop");
    strictEqual(next.openTs, session.closeTs);
    ok(next.id > session.id);
    deepStrictEqual(previousSession(next, "loop"), session);
    deepStrictEqual(sessionById(next.id), next);
    session = next;
  }
  strictEqual(session.id, 202611022);
  const last = previousSession(sessionById(202611020), "loop");
  strictEqual(last.loop, 11);
  strictEqual(last.minutes, 90);
});

Deno.test("every instant lies in the session that sessionAt() gives, and ids lead back to it", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1_735_689_600_000, max: 1_830_297_600_000 }),
    fc.constantFrom<SessionPace>("loop", "et"),
    (ts, clock) => {
      const session = sessionAt(ts, clock);
      if (session === null) {
        strictEqual(clock, "et");
        return;
      }
      ok(session.openTs <= ts && ts < session.closeTs);
      ok(session.date >= etDate(session.openTs), "no contract has expired before its session");
      ok(session.date >= etDate(session.closeTs - 1));
      strictEqual(session.date, dateOfDays(tradeDay(ts)), "a trade counts for its session's day");
      deepStrictEqual(sessionById(session.id), session);
      deepStrictEqual(nextSession(previousSession(session, clock), clock), session);
    },
  ));
});

Deno.test("dates and days convert both ways", () => {
  fc.assert(fc.property(fc.integer({ min: -100_000, max: 100_000 }), (days) => {
    strictEqual(daysOfDate(dateOfDays(days)), days);
  }));
  strictEqual(daysOfDate(19700101), 0);
  strictEqual(dateOfDays(tradingDayFrom(daysOfDate(20260703))), 20260706);
});

Deno.test("sessionById() refuses a loop that does not exist", () => {
  throws(() => sessionById(202601149), RangeError);
});
