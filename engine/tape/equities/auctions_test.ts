import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { EquityPrint } from "../../frames/records.ts";
import {
  type ControlTimeline,
  DEFAULT_CONTROL,
  fixedTimeline,
  sessionById,
  SessionMarket,
  symbolIndex,
  UNIVERSE,
} from "../../regime/mod.ts";
import type { UnderlyingPath } from "../market_tape_types.ts";
import { openingPrice } from "./auctions.ts";
import { EquitiesTape } from "./equities_tape.ts";
import { LISTING } from "./venues.ts";

const SESSION = 202601140;
/** The Friday after Thanksgiving, and a loop that the next open cuts short. */
const HALF_DAY = 202511280;
const SHORT_LOOP = 202601143;

function pathOf(sessionId = SESSION, timeline: ControlTimeline = fixedTimeline(DEFAULT_CONTROL)) {
  const market = new SessionMarket(sessionById(sessionId), timeline, "loop");
  return { market, mid: (symbol: number, ts: number) => market.basePrice(symbol, ts) };
}

function tapeOf(path: UnderlyingPath): EquitiesTape {
  return new EquitiesTape(path, { market: path.market, parents: [], extendTo: () => {} }, "steady");
}

/** Prints of some seconds, counted from the open. */
function prints(path: UnderlyingPath, from: number, to: number): EquityPrint[] {
  const tape = tapeOf(path);
  const out = { quotes: [], prints: [] as EquityPrint[] };
  const all: EquityPrint[] = [];
  for (let second = from; second < to; second++) {
    tape.second(path.market.session.openTs + second * 1_000, out);
    all.push(...out.prints);
  }
  return all;
}

const isOf = (code: string) => ({ conditions }: EquityPrint) => conditions.includes(code);

Deno.test("every session opens and closes each symbol with one print of its listing venue", () => {
  for (const sessionId of [SESSION, HALF_DAY, SHORT_LOOP]) {
    const path = pathOf(sessionId);
    const { openTs, closeTs, minutes } = path.market.session;
    const seconds = minutes * 60;
    const first = prints(path, 0, 40);
    const last = prints(path, seconds - 40, seconds);
    for (const [code, found] of [["OPENING", first], ["CLOSING", last]] as const) {
      const crosses = found.filter(isOf(code));
      strictEqual(crosses.length, UNIVERSE.length);
      strictEqual(new Set(crosses.map((print) => print.underlying_id)).size, UNIVERSE.length);
      for (const { ts, underlying_id, price, exchange, offExchangeFlag, size } of crosses) {
        const symbol = symbolIndex(underlying_id);
        strictEqual(exchange, LISTING[symbol]);
        strictEqual(offExchangeFlag, false);
        strictEqual(price, Math.round(path.mid(symbol, ts) * 100) / 100);
        ok(size >= 100 && Number.isInteger(size), `${underlying_id} ${size}`);
        ok(code === "OPENING" ? ts > openTs && ts < openTs + 3_000 : ts >= closeTs - 200);
      }
    }
    for (const { symbol } of UNIVERSE) {
      const opening = first.find((print) => print.underlying_id === symbol);
      const closing = last.findLast((print) => print.underlying_id === symbol);
      deepStrictEqual(opening?.conditions, ["OPENING"], symbol);
      deepStrictEqual(closing?.conditions, ["CLOSING"], symbol);
      strictEqual(opening?.price, openingPrice(path, symbolIndex(symbol)));
    }
    ok(
      [...first.slice(200), ...last.slice(0, 200)].every((p) =>
        !/ING$/.test(p.conditions[0] ?? "")
      ),
    );
  }
});

Deno.test("a tape that starts later has no opening print, and closes as one that ran from the open", () => {
  const path = pathOf();
  const seconds = path.market.session.minutes * 60;
  ok(!prints(path, 3, 60).some(isOf("OPENING")));
  const cold = prints(pathOf(), seconds - 1, seconds);
  const warm = prints(path, seconds - 60, seconds).slice(-cold.length);
  deepStrictEqual(cold, warm);
});

Deno.test("the volume of an opening auction does not depend on what comes later", () => {
  const later = path(600);
  deepStrictEqual(
    prints(later, 0, 4).filter(isOf("OPENING")),
    prints(pathOf(), 0, 4).filter(isOf("OPENING")),
  );
  function path(second: number) {
    const { openTs } = sessionById(SESSION);
    const snapshot = { ...DEFAULT_CONTROL, preset_id: "retail_chase", shared_seed: 99 } as const;
    const entry = { activate_at: openTs + second * 1_000, snapshot };
    return pathOf(SESSION, [...fixedTimeline(DEFAULT_CONTROL), entry]);
  }
});

Deno.test("a session's volume is half off exchange, a tenth in its auctions, and elsewhere by listing", () => {
  const path = pathOf();
  const shares = new Map<string, number>();
  let total = 0;
  const add = (key: string, size: number) => shares.set(key, (shares.get(key) ?? 0) + size);
  for (const print of prints(path, 0, path.market.session.minutes * 60)) {
    const { size, conditions: [code = ""], offExchangeFlag, exchange, underlying_id } = print;
    total += size;
    if (offExchangeFlag) add("off", size);
    if (code === "OPENING" || code === "CLOSING") add(code, size);
    else if (!offExchangeFlag) {
      const listing = LISTING[symbolIndex(underlying_id)];
      add(`${listing} lit`, size);
      add(`${listing} ${exchange}`, size);
    }
  }
  const within = (key: string, value: number, low: number, high: number) =>
    ok(value >= low && value <= high, `${key} is ${value}, not ${low} … ${high}`);
  const share = (key: string) => (shares.get(key) ?? 0) / total;
  within("off exchange", share("off"), 0.47, 0.55);
  within("opening", share("OPENING"), 0.005, 0.03);
  within("closing", share("CLOSING"), 0.055, 0.11);
  for (
    const [listing, own, low, high] of [
      ["NYSE", "NYSE", 0.22, 0.32],
      ["NASDAQ", "NASDAQ", 0.33, 0.43],
      ["ARCA", "ARCA", 0.29, 0.39],
      ["NASDAQ", "NYSE", 0.005, 0.04],
    ] as const
  ) {
    const lit = shares.get(`${listing} lit`) ?? NaN;
    within(
      `${own} of what ${listing} lists`,
      (shares.get(`${listing} ${own}`) ?? 0) / lit,
      low,
      high,
    );
  }
});
