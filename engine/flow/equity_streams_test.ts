import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { MarketState } from "./_market_state.ts";
import { DEFAULT_FLOW_CONFIG } from "./sink.ts";
import { feed, FlowScript, keepingEngine, sorted, TEN } from "./testing/flow_script.ts";

const MINUTE = 60_000;

function minuteCandle(script: FlowScript, untilTs = TEN + MINUTE + 1_000) {
  return script.run(untilTs).candles.filter((candle) => candle.interval_ms === MINUTE);
}

Deno.test("a candle opens and closes by time, with volume on and off exchange", () => {
  const script = new FlowScript()
    .stock(TEN, "F", 10, 100)
    .stock(TEN + 1_000, "F", 10.2, 300, { offExchangeFlag: true, exchange: "FINN" })
    .stock(TEN + 2_000, "F", 9.9, 200)
    .stock(TEN + 59_999, "F", 10.1, 100)
    .stock(TEN + MINUTE, "F", 11, 100);
  const [candle, ...more] = minuteCandle(script);
  strictEqual(more.length, 0);
  deepStrictEqual({ ...candle, seq: 0 }, {
    source_ts: TEN + MINUTE,
    ingest_ts: TEN + MINUTE,
    seq: 0,
    trace_id: `candle:F:60000:${TEN}`,
    id: `candle:F:60000:${TEN}`,
    ts: TEN,
    underlying_id: "F",
    interval_ms: MINUTE,
    open: 10,
    high: 10.2,
    low: 9.9,
    close: 10.1,
    volume: 700,
    off_exchange_volume: 300,
    trade_count: 4,
  });
});

Deno.test("odd lots and contingent prints add volume but set no price where another does", () => {
  const script = new FlowScript()
    .stock(TEN, "F", 10, 100)
    .stock(TEN + 1, "F", 12, 99)
    .stock(TEN + 2, "F", 8, 20_000, { conditions: ["CONTINGENT"] })
    .stock(TEN + MINUTE + 1, "F", 13, 5)
    .stock(TEN + 2 * MINUTE, "F", 10, 100);
  const [first, oddOnly] = minuteCandle(script, TEN + 2 * MINUTE + 1_000);
  deepStrictEqual([first?.high, first?.low, first?.volume, first?.trade_count], [
    10,
    10,
    20_199,
    3,
  ]);
  // Nothing priced the second minute: the odd lot stands for a price, as no candle looks at another.
  deepStrictEqual([oddOnly?.open, oddOnly?.close, oddOnly?.volume], [13, 13, 5]);
});

Deno.test("a print up to two seconds late corrects its candle, a later one does not", () => {
  const { engine, sent } = keepingEngine();
  const at = (ts: number, price: number) => {
    const [raw] = new FlowScript().stock(ts, "F", price, 100).records;
    ok(raw !== undefined);
    feed(engine, raw);
  };
  at(TEN, 10);
  engine.advance(TEN + MINUTE + 1_500);
  at(TEN + 30_000, 12);
  engine.advance(TEN + MINUTE + 3_000);
  at(TEN + 40_000, 14);
  const minute = sent.candles.filter((candle) => candle.interval_ms === MINUTE);
  deepStrictEqual(minute.map(({ id, close, volume }) => [id, close, volume]), [
    [`candle:F:60000:${TEN}`, 10, 100],
    [`candle:F:60000:${TEN}`, 12, 200],
  ]);
  ok((minute[1]?.seq ?? 0) > (minute[0]?.seq ?? 0));
  strictEqual(engine.stats().tooLateForCandles, 1);
  strictEqual(engine.stats().late, 2);
});

Deno.test("an equity join names its quote, its age and the print's place in it", () => {
  const joins = new FlowScript()
    .quote(TEN - 400, "F", 10, 10.04)
    .stock(TEN, "F", 10.04, 100)
    .stock(TEN + 1_700, "F", 10, 100)
    .stock(TEN, "KO", 60, 100)
    .run(TEN + 3_000)["equity-joins"];
  const [ask, stale, missing] = ["t-ep-1", "t-ep-2", "t-ep-3"].map((id) =>
    joins.find((join) => join.print_trace_id === id)
  );
  strictEqual(ask?.id, "equityjoin:t-ep-1");
  strictEqual(ask?.features["quote_placement"], "A");
  strictEqual(ask?.features["quote_mid"], 10.02);
  strictEqual(ask?.quote_trace_id, "t-eq-0");
  deepStrictEqual(ask?.join_quality, { quote_age_ms: 400, quote_missing: 0, quote_stale: 0 });
  strictEqual(stale?.features["quote_placement"], "STALE");
  strictEqual(stale?.join_quality["quote_stale"], 1);
  strictEqual(missing?.features["quote_placement"], "MISSING");
  strictEqual(missing?.quote_trace_id, null);
});

const DARK = { offExchangeFlag: true, exchange: "FINN" };

function darkOf(build: (script: FlowScript) => void) {
  const script = new FlowScript();
  for (let s = -1; s < 120; s++) script.quote(TEN + s * 500, "F", 10, 10.04);
  build(script);
  return script.run(TEN + 90_000)["inferred-dark"];
}

Deno.test("a block at the middle off exchange is an absorbed block, with its confidence by hand", () => {
  const [found, ...more] = darkOf((script) => script.stock(TEN + 100, "F", 10.02, 3_000, DARK));
  strictEqual(more.length, 0);
  strictEqual(found?.type, "absorbed_block");
  strictEqual(found?.underlying_id, "F");
  // 0.35 + 0.45 × 3000/4000 + 0.20 × (1 − (0.04 / 10.02) / 0.005)
  ok(
    Math.abs((found?.confidence ?? 0) - (0.35 + 0.3375 + 0.2 * (1 - 0.04 / 10.02 / 0.005))) < 1e-6,
  );
  const none = darkOf((script) =>
    script
      .stock(TEN + 100, "F", 10.02, 3_000)
      .stock(TEN + 200, "F", 10.02, 1_999, DARK)
      .stock(TEN + 300, "F", 10.02, 9_000, { ...DARK, conditions: ["CONTINGENT"] })
  );
  deepStrictEqual(none, []);
});

Deno.test("four prints on one side within a minute are accumulation or distribution, once in 30 s", () => {
  const runOf = (price: number, sizes: readonly number[], gap: number) =>
    darkOf((script) => {
      for (const [i, size] of sizes.entries()) script.stock(TEN + i * gap, "F", price, size, DARK);
    });
  const bought = runOf(10.04, [800, 800, 800, 800, 800], 5_000);
  strictEqual(bought.length, 1);
  strictEqual(bought[0]?.type, "stealth_accumulation");
  strictEqual(bought[0]?.confidence, Math.round((0.3 + 0.4 * 3_200 / 6_000 + 0.15) * 1e6) / 1e6);
  strictEqual(bought[0]?.evidence_refs.length, 4);
  strictEqual(runOf(10, [800, 800, 800, 800], 5_000)[0]?.type, "distribution");
  // Too few shares, too slow, too small.
  strictEqual(runOf(10.04, [700, 700, 700, 700], 5_000).length, 0);
  strictEqual(runOf(10.04, [199, 199, 900, 900, 900], 5_000).length, 0);
  strictEqual(runOf(10.04, [1_000, 1_000, 1_000, 1_000], 20_001).length, 0);
});

Deno.test("a wide market infers nothing", () => {
  const script = new FlowScript().quote(TEN, "F", 10, 10.2).stock(TEN + 1, "F", 10.1, 5_000, DARK);
  deepStrictEqual(script.run(TEN + 5_000)["inferred-dark"], []);
});

Deno.test("raw records pass through in the order of their times", () => {
  const script = new FlowScript().stock(TEN + 5, "F", 10, 100).quote(TEN + 4, "F", 9.99, 10);
  const { engine, sent } = keepingEngine();
  for (const raw of sorted(script.records).reverse()) feed(engine, raw);
  engine.advance(TEN + 1_000);
  strictEqual(sent.equities.length + sent["equity-quotes"].length, 2);
  strictEqual(sent["equity-joins"][0]?.features["quote_placement"], "A");
});

Deno.test("an auction prices its candle and counts as volume on exchange, but takes nobody's side", () => {
  const script = new FlowScript()
    .quote(TEN, "F", 10, 10.01)
    .stock(TEN + 100, "F", 10.01, 20_000, { conditions: ["OPENING"] })
    .stock(TEN + 200, "F", 10, 100)
    .stock(TEN + 59_900, "F", 10.02, 90_000, { conditions: ["CLOSING"], ...DARK });
  const sent = script.run(TEN + MINUTE + 1_000);
  const places = sent["equity-joins"].map(({ features }) => features["quote_placement"]);
  deepStrictEqual(places, ["AUCTION", "B", "AUCTION"]);
  strictEqual(sent["equity-joins"][0]?.features["quote_bid"], 10);
  const candle = sent.candles.find((one) => one.interval_ms === MINUTE);
  deepStrictEqual([candle?.open, candle?.close, candle?.volume], [10.01, 10.02, 110_100]);
  strictEqual(candle?.off_exchange_volume, 90_000);
  deepStrictEqual(sent["inferred-dark"], []);
});

Deno.test("an auction of as many shares as an option order needs is not its hedge", () => {
  const state = new MarketState(DEFAULT_FLOW_CONFIG);
  const has = () => state.hasStockPrint("F", 200, TEN, TEN + 1_000);
  const print = (conditions: readonly string[]) => {
    const [raw] = new FlowScript().stock(TEN, "F", 10, 20_000, { conditions }).records;
    if (raw?.rank === 3) state.equityPrint(raw.record);
  };
  print(["OPENING"]);
  print(["CLOSING"]);
  strictEqual(has(), false);
  print([]);
  strictEqual(has(), true);
});
