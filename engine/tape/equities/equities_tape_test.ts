import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import type { EquityPrint, EquityQuote } from "../../frames/records.ts";
import { DEFAULT_CONTROL, fixedTimeline, sessionById, SessionMarket } from "../../regime/mod.ts";
import type { Load, ParentSchedule, UnderlyingPath } from "../market_tape_types.ts";
import type { Parent } from "../parent.ts";
import { CoupledPath, SessionSchedule } from "../schedule/mod.ts";
import { EquitiesTape } from "./equities_tape.ts";
import { HiddenOrders } from "./hidden_orders.ts";
import { contextAt } from "./intensity.ts";

const SESSION = sessionById(202601140);
const { openTs, closeTs } = SESSION;

interface Records {
  quotes: EquityQuote[];
  prints: EquityPrint[];
}

function market(preset_id = DEFAULT_CONTROL.preset_id): SessionMarket {
  return new SessionMarket(SESSION, fixedTimeline({ ...DEFAULT_CONTROL, preset_id }));
}

function tape(parents: readonly Parent[] = [], load: Load = "steady", of = market()): EquitiesTape {
  const path: UnderlyingPath = { market: of, mid: (s, ts) => of.basePrice(s, ts) };
  const schedule: ParentSchedule = { market: of, parents, extendTo: () => {} };
  return new EquitiesTape(path, schedule, load);
}

/** Records of the seconds from `from` to `to`, seconds of the session. */
function run(of: EquitiesTape, from: number, to: number): Records {
  const all: Records = { quotes: [], prints: [] };
  const out: Records = { quotes: [], prints: [] };
  for (let s = from; s < to; s++) {
    of.second(openTs + s * 1_000, out);
    all.quotes.push(...out.quotes);
    all.prints.push(...out.prints);
  }
  return all;
}

Deno.test("a cold start anywhere gives the records of a run from the open", () => {
  const warm = tape();
  const whole = run(warm, 0, 700);
  for (const from of [1, 29, 31, 300, 655]) {
    const cold = run(tape(), from, 700);
    const since = openTs + from * 1_000;
    deepStrictEqual(cold.quotes, whole.quotes.filter((q) => q.ts >= since));
    deepStrictEqual(cold.prints, whole.prints.filter((p) => p.ts >= since));
  }
  deepStrictEqual(run(warm, 120, 130), run(tape(), 120, 130), "and so does going back");
});

Deno.test("a control write while the tape runs gives what a tape that knew it all along gives", () => {
  const start = fixedTimeline({ ...DEFAULT_CONTROL, preset_id: "quiet_range" });
  for (const second of [601, 745, 890]) {
    const entry = {
      activate_at: openTs + second * 1_000,
      snapshot: { ...DEFAULT_CONTROL, preset_id: "retail_chase", shared_seed: 5 } as const,
    };
    const live = new SessionSchedule(new SessionMarket(SESSION, start));
    const liveTape = new EquitiesTape(new CoupledPath(live), live, "steady");
    run(liveTape, 0, second);
    live.addControl(entry);
    const knowing = new SessionSchedule(new SessionMarket(SESSION, [...start, entry]));
    const knowingTape = new EquitiesTape(new CoupledPath(knowing), knowing, "steady");
    deepStrictEqual(run(liveTape, second, 1_300), run(knowingTape, second, 1_300));
  }
});

Deno.test("records ascend in (ts, seq), lie in their second and are named by their place", () => {
  const { quotes, prints } = run(tape(), 1_000, 1_200);
  for (const [records, stream] of [[quotes, "eq"], [prints, "ep"]] as const) {
    ok(records.length > 500);
    records.forEach((record, i) => {
      const second = Math.floor(record.seq / 8_192);
      strictEqual(second, Math.floor((record.ts - openTs) / 1_000));
      strictEqual(record.trace_id, `syn-${stream}-${SESSION.id}-${record.seq.toString(36)}`);
      strictEqual(record.source_ts, record.ts);
      strictEqual(record.ingest_ts, record.ts);
      const next = records[i + 1];
      if (next !== undefined) ok(next.ts >= record.ts && next.seq > record.seq);
    });
  }
});

Deno.test("every symbol quotes within two seconds, on tick, uncrossed and near its price", () => {
  const of = market();
  const { quotes } = run(tape([], "steady", of), 2_000, 2_100);
  const last = new Map<string, number>();
  for (const { underlying_id: id, ts } of quotes) {
    ok(ts - (last.get(id) ?? openTs + 2_000_000) < 2_000, `${id} at ${ts}`);
    last.set(id, ts);
  }
  strictEqual(last.size, 40);
  for (const quote of quotes) {
    ok(quote.bid > 0 && quote.bid < quote.ask);
    strictEqual(quote.bid, Math.round(quote.bid * 100) / 100);
    strictEqual(quote.ask, Math.round(quote.ask * 100) / 100);
    ok(quote.bidSize >= 100 && quote.bidSize % 100 === 0 && quote.askSize % 100 === 0);
    if (quote.underlying_id === "SPY") {
      ok(Math.abs((quote.bid + quote.ask) / 2 - of.basePrice(0, quote.ts)) <= 0.02);
    }
  }
});

Deno.test("prints execute at or inside the standing quote but for a few in a thousand", () => {
  const { quotes, prints } = run(tape(), 3_000, 4_000);
  let through = 0;
  let inside = 0;
  let next = 0;
  const latest = new Map<string, EquityQuote>();
  for (const print of prints) {
    for (; (quotes[next]?.ts ?? Infinity) <= print.ts; next++) {
      const quote = quotes[next];
      if (quote !== undefined) latest.set(quote.underlying_id, quote);
    }
    const standing = latest.get(print.underlying_id);
    if (standing === undefined) continue;
    if (print.price > standing.ask || print.price < standing.bid) through++;
    else if (print.price > standing.bid && print.price < standing.ask) inside++;
    ok(print.price <= standing.ask + 0.0101 && print.price >= standing.bid - 0.0101);
    strictEqual(print.price, Math.round(print.price * 10_000) / 10_000);
    ok(print.size >= 1 && Number.isInteger(print.size));
  }
  ok(through > 0 && through <= prints.length / 100, `${through} of ${prints.length}`);
  ok(inside > prints.length / 20);
});

Deno.test("the stock leg of a parent prints once, at its moment, and says so when it is small", () => {
  const ts = openTs + 500_400;
  const parent: Parent = {
    slot: 1,
    ts: ts - 300,
    symbol: 6,
    family: "arbitrage",
    subtype: "conversion_reversal",
    direction: 0,
    regime: "arb_calm",
    preset: "balanced_demo",
    premiumUsd: 100_000,
    legs: [],
    prints: [],
    stock: { ts, shares: 1_237, side: -1 },
    moveTarget: null,
    spreadZ: 0,
    ivShock: 0,
  };
  const plain = run(tape(), 480, 520);
  const linked = run(tape([parent]), 480, 520);
  deepStrictEqual(linked.quotes, plain.quotes);
  const legs = linked.prints.filter((print) => print.size === 1_237);
  strictEqual(legs.length, 1);
  strictEqual(legs[0]?.ts, ts);
  deepStrictEqual(legs[0]?.conditions, ["CONTINGENT"]);
  strictEqual(legs[0]?.underlying_id, "NVDA");
  strictEqual(linked.prints.length, plain.prints.length + 1);
});

Deno.test("focus symbols see icebergs in restless regimes, and blocks cross at the midpoint anywhere", () => {
  const of = market("retail_chase");
  const path: UnderlyingPath = { market: of, mid: (s, ts) => of.basePrice(s, ts) };
  const hidden = new HiddenOrders(path);
  const bySymbol = new Map<string, number[]>();
  let blocks = 0;
  const { prints } = run(tape([], "steady", of), 0, 1_800);
  for (let second = 0; second < 390 * 60; second++) {
    for (const print of hidden.second(contextAt(path, openTs + second * 1_000, "steady"))) {
      if (print.side === 0) {
        blocks++;
        ok(print.size >= 2_000);
      } else {
        ok(print.size >= 300 && print.size <= 1_500);
        const key = `${print.symbol}:${print.side}:${Math.floor(print.ts / 300_000)}`;
        bySymbol.set(key, [...(bySymbol.get(key) ?? []), print.ts]);
      }
      if (second >= 1_800) continue;
      ok(prints.some((p) => p.ts === print.ts && p.size === print.size && p.offExchangeFlag));
    }
  }
  ok(blocks > 40 && blocks < 95, `${blocks} blocks`);
  const found = [...bySymbol.values()].filter((times) => times.length >= 5);
  ok(found.length > 20, `${found.length} icebergs`);
  for (const times of found) ok(Math.max(...times) - Math.min(...times) < 120_000);
});

Deno.test("load scales background prints and quotes", () => {
  const steady = run(tape(), 5_000, 5_120);
  const firehose = run(tape([], "firehose"), 5_000, 5_120);
  const ratio = firehose.prints.length / steady.prints.length;
  ok(ratio > 15 && ratio < 25, `${ratio}`);
  ok(firehose.quotes.length > 5 * steady.quotes.length);
});

Deno.test("the tape runs from the first second to the last", () => {
  const of = tape();
  const minutes = (closeTs - openTs) / 60_000;
  const first = run(of, 0, 60);
  const last = run(of, minutes * 60 - 60, minutes * 60);
  ok(first.prints.length > 100 && last.prints.length > 100);
  ok(last.prints.every((print) => print.ts < closeTs));
});
