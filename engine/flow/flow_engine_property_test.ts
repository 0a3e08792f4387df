import fc from "fast-check";
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { u01 } from "../regime/mod.ts";
import { busyTape } from "./testing/busy_tape.ts";
import {
  feed,
  keepingEngine,
  type Raw,
  referenceWith,
  type Sent,
  TEN,
} from "./testing/flow_script.ts";
import { type DerivedStream, explainEvent } from "./mod.ts";
import { DERIVED_STREAMS, NUMBERS_PER_MS } from "./_row_numbers.ts";
import { scoredPacket } from "./facts.ts";

const RATES = { seconds: 40, prints: 8, quotes: 30 };
const UNTIL = TEN + 150_000;
const CALENDAR = [{
  underlying_id: "AAPL",
  event_ts: TEN + 2 * 86_400_000,
  event_kind: "earnings",
  announced_ts: TEN - 20 * 86_400_000,
  source: "synthetic",
}, {
  underlying_id: "NVDA",
  event_ts: TEN - 18 * 3_600_000,
  event_kind: "earnings",
  announced_ts: TEN - 20 * 86_400_000,
  source: "synthetic",
}] as const;

function run(records: readonly Raw[], stepMs: number | null = null): Sent {
  const { engine, sent } = keepingEngine(referenceWith(CALENDAR));
  let next = TEN;
  for (const raw of records) {
    while (stepMs !== null && raw.record.ts >= next + stepMs) {
      next += stepMs;
      engine.advance(next);
    }
    feed(engine, raw);
  }
  engine.advance(UNTIL);
  return sent;
}

function derived(sent: Sent): Record<DerivedStream, unknown[]> {
  return Object.fromEntries(DERIVED_STREAMS.map((stream) => [stream, sent[stream]])) as Record<
    DerivedStream,
    unknown[]
  >;
}

Deno.test("a busy tape fills every stream, so that what follows tests something", () => {
  const sent = run(busyTape(1, RATES));
  for (const [stream, records] of Object.entries(sent)) ok(records.length > 0, stream);
  const kinds = new Set(sent["smart-money"].map((event) => event.event_kind));
  strictEqual(kinds.size, 2);
  ok(sent["smart-money"].some((event) => event.abstained));
  ok(sent["smart-money"].some((event) => !event.abstained));
});

Deno.test("disorder of up to 200 ms changes no derived record", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const records = busyTape(seed, RATES);
      const arrival = new Map(records.map((raw, i) => [raw, raw.record.ts + 200 * u01(seed, i)]));
      const shuffled = [...records].sort((a, b) => (arrival.get(a) ?? 0) - (arrival.get(b) ?? 0));
      deepStrictEqual(derived(run(shuffled)), derived(run(records)));
    }),
    { seed: 3, numRuns: 6 },
  );
});

Deno.test("how often advance() is called changes nothing", () => {
  const records = busyTape(7, RATES);
  const want = derived(run(records));
  for (const stepMs of [137, 1_000, 5_000]) deepStrictEqual(derived(run(records, stepMs)), want);
});

Deno.test("stored option prints give the same records when they run through again", () => {
  const records = busyTape(9, RATES);
  const first = run(records);
  const stored = new Map(first.options.map((print) => [print.trace_id, print]));
  const again = run(records.map((raw): Raw => {
    if (raw.rank !== 1) return raw;
    const print = stored.get(raw.record.trace_id);
    ok(print !== undefined);
    return { rank: 1, record: JSON.parse(JSON.stringify(print)) };
  }));
  deepStrictEqual(again, first);
});

Deno.test("a derived row's number is the time that it went out at and its place in that millisecond", () => {
  const sent = run(busyTape(11, RATES));
  for (const stream of DERIVED_STREAMS) {
    const rows: readonly { readonly ingest_ts: number; readonly seq: number }[] = sent[stream];
    let [at, place] = [0, 0];
    for (const { ingest_ts, seq } of rows) {
      place = ingest_ts === at ? place + 1 : 0;
      at = ingest_ts;
      strictEqual(seq, at * NUMBERS_PER_MS + place, stream);
    }
  }
  // Every symbol's candles of a minute go out at once.
  ok(sent.candles.some(({ seq }) => seq % NUMBERS_PER_MS > 0));
});

Deno.test("every print is in exactly one contract packet, and in at most one event", () => {
  const sent = run(busyTape(13, RATES));
  const inPackets = sent.flow.filter((packet) => packet.features["packet_kind"] === "contract")
    .flatMap((packet) => packet.members);
  deepStrictEqual(
    [...inPackets].sort(),
    sent.options.map((print) => print.trace_id).sort(),
  );
  const inEvents = sent["smart-money"].flatMap((event) => event.member_print_ids);
  strictEqual(new Set(inEvents).size, inEvents.length);
});

Deno.test("the packets' ratios are shares that belong together", () => {
  for (const { features: f } of run(busyTape(17, RATES)).flow) {
    const value = (key: string) => Number(f[key]);
    const sides = value("nbbo_aggressive_buy_ratio") + value("nbbo_aggressive_sell_ratio");
    ok(Math.abs(sides - 1) < 2e-6 || sides === 0);
    const quoted = value("nbbo_aggressive_ratio") + value("nbbo_inside_ratio");
    ok(Math.abs(quoted - 1) < 2e-6 || (quoted === 0 && value("nbbo_coverage_ratio") === 0));
    const unquoted = (value("nbbo_missing_count") + value("nbbo_stale_count")) / value("count");
    ok(Math.abs(value("nbbo_coverage_ratio") + unquoted - 1) < 2e-6);
    ok(Math.abs(value("net_delta_ratio")) <= 1 && Math.abs(value("net_vega_ratio")) <= 1);
  }
});

Deno.test("a stored event can be scored again from its features and its first packet's", () => {
  const sent = run(busyTape(19, { seconds: 120, prints: 8, quotes: 30 }));
  ok(sent["smart-money"].length > 50);
  for (const event of sent["smart-money"]) {
    const packet = scoredPacket(event, sent.flow);
    ok(packet !== null);
    const evidence = explainEvent(
      JSON.parse(JSON.stringify(event)),
      JSON.parse(JSON.stringify(packet)),
    );
    ok(evidence.matchesStored, event.event_id);
    deepStrictEqual(
      evidence.ranked.map(({ profile, stored }) => [profile, stored]),
      event.profile_scores.map(({ profile_id, score }) => [profile_id, score]),
    );
    strictEqual(evidence.whyNot?.profile, event.profile_scores[1]?.profile_id);
  }
});
