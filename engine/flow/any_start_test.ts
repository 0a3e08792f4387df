import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { u01 } from "../regime/mod.ts";
import { DERIVED_STREAMS } from "./_row_numbers.ts";
import { flowMemoryMs, flowOrigin } from "./flow_origin.ts";
import { DEFAULT_FLOW_CONFIG } from "./sink.ts";
import { busyTape } from "./testing/busy_tape.ts";
import {
  feed,
  FlowScript,
  keepingEngine,
  type Raw,
  referenceWith,
  type Sent,
  sorted,
  TEN,
} from "./testing/flow_script.ts";

const MINUTE = 60_000;
const UNTIL = TEN + 24 * MINUTE;
const HOT = "SPY-2026-01-14-590-C";
const SWEPT = "NVDA-2026-02-20-142.5-C";
const VENUES = ["CBOE", "PHLX", "ISE", "ARCA"];

/** A tape on which nothing ever pauses: prints of one contract, alerts of one kind, hidden orders of one stock. */
function restless(seed: number, fromTs: number, untilTs: number): Raw[] {
  const script = new FlowScript();
  let mid = 140;
  for (let ts = fromTs, s = 0; ts < untilTs; ts += 1_000, s++) {
    mid *= 1 + (u01(seed, 1, s) - 0.5) / 2_000;
    const price = Math.round(mid * 100) / 100;
    script.quote(ts, "NVDA", price - 0.01, price + 0.01).quote(ts + 3, "SPY", 589.99, 590.01);
    script.nbbo(ts + 5, HOT, 2, 2.02 + Math.round(20 * u01(seed, 2, s)) / 100);
    for (let at = ts + 10; at < ts + 1_000; at += 100 + 900 * u01(seed, 3, at)) {
      const size = 1 + Math.floor(200 * u01(seed, 4, at));
      script.print(Math.floor(at), HOT, u01(seed, 5, at) < 0.5 ? 2 : 2.1, size);
    }
    if (s % 13 === 0) script.stock(ts + 20, "NVDA", price, 3_000, { offExchangeFlag: true });
    if (s % 35 === 0) sweep(script, ts + 30);
  }
  return sorted(script.records);
}

function sweep(script: FlowScript, ts: number): void {
  script.nbbo(ts, SWEPT, 3.1, 3.2);
  for (let i = 0; i < 8; i++) {
    const change = { exchange: VENUES[i % 4] ?? "", execution_iv: 0.4 };
    script.print(ts + 1 + i * 30, SWEPT, 3.2, 100, change);
  }
}

function run(records: readonly Raw[], fromTs: number): Sent {
  const { engine, sent } = keepingEngine(referenceWith(), DEFAULT_FLOW_CONFIG, { fromTs });
  for (const raw of records) if (raw.record.ts >= fromTs) feed(engine, raw);
  engine.advance(UNTIL);
  return sent;
}

/** Rows that went out from an instant on. */
function since(sent: Sent, fromTs: number) {
  return Object.fromEntries(
    [...DERIVED_STREAMS, "options"].map((stream) => {
      const rows: readonly { readonly ingest_ts: number }[] = sent[stream as keyof Sent];
      return [
        stream,
        rows.filter((row) => row.ingest_ts >= fromTs).map((row) => JSON.stringify(row)),
      ];
    }),
  );
}

/** Compares pipelines that began at different times with one that had read everything. */
function sameFromAnyStart(records: readonly Raw[], starts: readonly number[]): void {
  const whole = run(records, TEN);
  for (const fromTs of starts) {
    const originTs = flowOrigin(fromTs, DEFAULT_FLOW_CONFIG);
    ok(originTs > TEN);
    const [want, got] = [since(whole, fromTs), since(run(records, originTs), fromTs)];
    for (const stream of [...DERIVED_STREAMS, "options"]) {
      const [ours = [], theirs = []] = [want[stream], got[stream]];
      ok(ours.length > 0, stream);
      const at = ours.findIndex((text, i) => text !== theirs[i]);
      strictEqual(theirs[at], ours[at], stream);
      strictEqual(theirs.length, ours.length, stream);
    }
  }
}

Deno.test("a pipeline sends the rows of one that never stopped once it has read flowMemoryMs()", () => {
  const busy = busyTape(31, { seconds: 22 * 60, prints: 12, quotes: 40 });
  sameFromAnyStart(busy, [15.01, 17.9, 20.3].map((minutes) => TEN + minutes * MINUTE));
});

Deno.test("so it does where nothing ever pauses: packets, alerts and inferences are cut at whole times", () => {
  const records = restless(5, TEN, TEN + 22 * MINUTE);
  const starts = [0.1, 0.37, 0.61, 0.93].map((share) =>
    TEN + Math.floor((15 + 5 * share) * MINUTE)
  );
  sameFromAnyStart(records, starts);
  const { flow, alerts } = run(records, TEN);
  const hot = flow.filter(({ features }) => features["option_contract_id"] === HOT);
  const cuts = hot.filter(({ source_ts }) => Math.floor(source_ts / 1_000) % 30 === 0);
  ok(cuts.length >= 40, `${cuts.length} packets begin at whole half minutes`);
  ok(new Set(alerts.map(({ trace_id }) => trace_id)).size >= 10);
});

Deno.test("the default settings remember less than nine minutes; a candle under way is read from its start", () => {
  const memoryMs = flowMemoryMs(DEFAULT_FLOW_CONFIG);
  ok(memoryMs > 8 * MINUTE && memoryMs <= 9 * MINUTE, String(memoryMs));
  strictEqual(flowOrigin(TEN + MINUTE, DEFAULT_FLOW_CONFIG), TEN + MINUTE - memoryMs);
  strictEqual(flowOrigin(TEN + 14 * MINUTE, DEFAULT_FLOW_CONFIG), TEN);
  const days = { ...DEFAULT_FLOW_CONFIG, candleIntervalsMs: [86_400_000] };
  strictEqual(flowOrigin(TEN + 14 * MINUTE, days), TEN + 14 * MINUTE - memoryMs);
});

Deno.test("a candle whose first part was not read is not made", () => {
  const records = sorted(
    new FlowScript().stock(TEN + 1, "F", 10, 100).stock(TEN + MINUTE, "F", 11, 100).records,
  );
  const made = run(records, TEN + 1).candles.map(({ ts, interval_ms }) => [ts, interval_ms]);
  deepStrictEqual(made, [[TEN + MINUTE, MINUTE]]);
});
