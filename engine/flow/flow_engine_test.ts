import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { severityOf } from "./_alerts.ts";
import { stepOf, SYNTHETIC_MAP } from "./scoring/mod.ts";
import type { CalendarEntry } from "../regime/mod.ts";
import {
  feed,
  FlowScript,
  keepingEngine,
  referenceWith,
  sorted,
  TEN,
} from "./testing/flow_script.ts";

const CALL = "NVDA-2026-01-30-142.5-C";
const DAY = 86_400_000;
const VENUES = ["CBOE", "PHLX", "ISE", "ARCA"];

/** A sweep of a call at 3.10 × 3.20: eleven prints within 576 ms, ten bought and one in the middle. */
function sweep(): FlowScript {
  const script = new FlowScript().drift(TEN - 120_000, 121, "NVDA", 140);
  script.nbbo(TEN - 200, CALL, 3.1, 3.2);
  for (let i = 0; i < 11; i++) {
    script.print(TEN + i * 57 + (i === 10 ? 6 : 0), CALL, i === 4 ? 3.15 : 3.2, 60, {
      exchange: VENUES[i % 4] ?? "",
      conditions: ["ISO"],
      execution_iv: 0.4 + i * 0.001,
    });
  }
  return script;
}

Deno.test("FlowEngine makes one packet and one event of a call sweep, measured by hand", () => {
  const sent = sweep().run(TEN + 5_000);
  strictEqual(sent.flow.length, 1);
  strictEqual(sent["smart-money"].length, 1);
  const [packet] = sent.flow;
  const [event] = sent["smart-money"];
  ok(packet !== undefined && event !== undefined);
  const f = event.features;
  strictEqual(packet.id, `flowpacket:${CALL}:${TEN}:${TEN + 576}`);
  strictEqual(event.event_id, `smartmoney:single_leg_event:${packet.id}`);
  strictEqual(Object.keys(f).length, 35);
  // Ten prints of 60 at 3.20 and one at 3.15, a hundred shares each.
  strictEqual(f["total_premium"], (10 * 3.2 + 3.15) * 60 * 100);
  strictEqual(f["total_size"], 660);
  // The mid alternates by a cent; at 10:00:00 it is 140.
  strictEqual(f["total_notional"], 140 * 660 * 100);
  strictEqual(f["window_ms"], 576);
  strictEqual(f["dte_days"], 16);
  strictEqual(f["option_type"], "C");
  strictEqual(f["venue_count"], 4);
  strictEqual(f["moneyness"], 1.017857);
  strictEqual(f["nbbo_inside_ratio"], 0.090909);
  strictEqual(f["aggressor_buy_ratio"], 1);
  strictEqual(f["synthetic_iv_shock"], 0.01);
  strictEqual(event.primary_profile_id, "institutional_directional");
  strictEqual(event.primary_direction, "bullish");
  strictEqual(event.ingest_ts, TEN + 576 + 1_500);
  strictEqual(sent["classifier-hits"].length, 1);
  strictEqual(sent.alerts.length, 1);
  deepStrictEqual(event.member_print_ids, sent.options.map((print) => print.trace_id));
});

function eventsOf(script: FlowScript, untilTs = TEN + 9_000) {
  return script.run(untilTs)["smart-money"];
}

/** Quotes and prints of one leg: `n` prints of `size` at a price inside or at a side of its quote. */
function leg(
  script: FlowScript,
  contract: string,
  [bid, ask, price]: readonly [number, number, number],
  n: number,
  size: number,
  offsetMs: number,
  conditions: readonly string[],
): void {
  script.nbbo(TEN - 100, contract, bid, ask);
  for (let i = 0; i < n; i++) {
    script.print(TEN + offsetMs + i * 40, contract, price, size, { conditions });
  }
}

Deno.test("both legs of a straddle make one event and no event of their own", () => {
  const script = new FlowScript().drift(TEN - 120_000, 125, "NVDA", 140);
  leg(script, "NVDA-2026-02-20-140-C", [6, 6.3, 6], 3, 60, 0, ["COMPLEX"]);
  leg(script, "NVDA-2026-02-20-140-P", [5.6, 5.9, 5.6], 3, 60, 20, []);
  const sent = script.run(TEN + 9_000);
  const [event, ...more] = sent["smart-money"];
  ok(event !== undefined);
  strictEqual(more.length, 0);
  strictEqual(event.event_kind, "multi_leg_event");
  strictEqual(event.features["structure_type"], "straddle");
  strictEqual(event.features["same_size_leg_symmetry"], 1);
  strictEqual(event.features["option_type"], null);
  strictEqual(event.primary_profile_id, "vol_seller");
  strictEqual(event.primary_direction, "neutral");
  strictEqual(event.member_print_ids.length, 6);
  strictEqual(
    event.packet_ids[0],
    `flowpacket:NVDA-2026-02-20-STRUCT-straddle:${TEN}:NVDA-2026-02-20-140-C|NVDA-2026-02-20-140-P`,
  );
  deepStrictEqual(
    sent.flow.map((packet) => packet.id).sort(),
    [...event.packet_ids].sort(),
  );
  // The last print is 120 ms in; packets close 1.5 s later and wait 0.4 s for partners.
  ok(event.ingest_ts - (TEN + 100) <= 2_500);
});

Deno.test("four legs make a box, neutral whatever side each print was on", () => {
  const script = new FlowScript().drift(TEN - 120_000, 125, "NVDA", 140);
  const legs: [string, readonly [number, number, number]][] = [
    ["NVDA-2026-02-20-137.5-C", [7.5, 7.8, 7.65]],
    ["NVDA-2026-02-20-142.5-C", [5, 5.2, 5.1]],
    ["NVDA-2026-02-20-137.5-P", [4.5, 4.7, 4.6]],
    ["NVDA-2026-02-20-142.5-P", [7, 7.2, 7.1]],
  ];
  for (const [i, [contract, prices]] of legs.entries()) {
    leg(script, contract, prices, 2, 80, i * 15, ["SPREAD"]);
  }
  const [event, ...more] = eventsOf(script);
  strictEqual(more.length, 0);
  strictEqual(event?.features["structure_type"], "box");
  strictEqual(event?.features["contract_count"], 4);
  strictEqual(event?.primary_profile_id, "arbitrage");
  strictEqual(event?.primary_direction, "neutral");
});

Deno.test("call and put on opposite sides are a conversion only with their stock print", () => {
  const build = (shares: number | null) => {
    const script = new FlowScript().drift(TEN - 120_000, 125, "NVDA", 140);
    leg(script, "NVDA-2026-02-20-140-C", [6, 6.3, 6.3], 3, 60, 0, ["COMPLEX"]);
    leg(script, "NVDA-2026-02-20-140-P", [5.6, 5.9, 5.6], 3, 60, 20, ["COMPLEX"]);
    if (shares !== null) script.stock(TEN + 300, "NVDA", 140, shares);
    return eventsOf(script);
  };
  const [linked] = build(180 * 100);
  strictEqual(linked?.features["structure_type"], "conversion");
  strictEqual(linked?.primary_profile_id, "arbitrage");
  const scores = linked?.profile_scores.find(({ profile_id }) => profile_id === "arbitrage");
  ok(scores?.reasons.includes("parity_linked_stock"));
  // 121 shares a contract are another trade.
  for (const shares of [null, 180 * 121]) {
    const alone = build(shares);
    strictEqual(alone.length, 2);
    for (const event of alone) strictEqual(event.event_kind, "single_leg_event");
  }
});

Deno.test("a marked leg without its partner is scored alone as an orphan", () => {
  const script = new FlowScript().drift(TEN - 120_000, 125, "NVDA", 140);
  leg(script, "NVDA-2026-02-20-140-C", [6, 6.3, 6.3], 8, 60, 0, ["SPREAD"]);
  const [event] = eventsOf(script);
  const first = event?.profile_scores.find(({ profile_id }) =>
    profile_id === "institutional_directional"
  );
  ok(first?.reasons.includes("orphan_complex_leg"));
});

Deno.test("a packet of a quiet tape closes by event time alone", () => {
  const { engine, sent } = keepingEngine();
  for (const raw of sorted(sweep().records)) feed(engine, raw);
  strictEqual(sent.flow.length, 0);
  engine.advance(TEN + 576 + 1_500);
  strictEqual(sent.flow.length, 0);
  engine.advance(TEN + 576 + 1_502);
  strictEqual(sent.flow.length, 1);
});

Deno.test("a packet closes after a gap of more than 1.5 s and at 6 s of length", () => {
  const windows = (gaps: readonly number[]) => {
    const script = new FlowScript();
    let ts = TEN;
    script.print(ts, CALL, 3.2, 10);
    for (const gap of gaps) script.print(ts += gap, CALL, 3.2, 10);
    return script.run(ts + 10_000).flow.map((packet) => packet.features["window_ms"]);
  };
  deepStrictEqual(windows([1_500]), [1_500]);
  deepStrictEqual(windows([1_501]), [0, 0]);
  deepStrictEqual(windows([1_500, 1_500, 1_500, 1_500]), [6_000]);
  deepStrictEqual(windows([1_500, 1_500, 1_500, 1_500, 1]), [6_000, 0]);
});

Deno.test("a print is joined to the last quote before it, however new a later one is", () => {
  const script = new FlowScript();
  script.nbbo(TEN - 50, CALL, 3.1, 3.2);
  script.print(TEN, CALL, 3.2, 10);
  // Within the watermark's lag, so both are known when the print is processed.
  script.nbbo(TEN + 1, CALL, 3.2, 3.3);
  const [print] = script.run(TEN + 5_000).options;
  strictEqual(print?.nbbo_side, "A");
  strictEqual(print?.execution_nbbo_ts, TEN - 50);
  strictEqual(print?.execution_nbbo_age_ms, 50);
});

Deno.test("a quote older than 30 s is stale, one older than a minute, one-sided or absent missing", () => {
  const side = (build: (script: FlowScript) => void) => {
    const script = new FlowScript();
    build(script);
    script.print(TEN, CALL, 3.2, 10);
    return script.run(TEN + 5_000).options[0]?.nbbo_side;
  };
  strictEqual(side((s) => s.nbbo(TEN - 30_000, CALL, 3.1, 3.2)), "A");
  strictEqual(side((s) => s.nbbo(TEN - 30_001, CALL, 3.1, 3.2)), "STALE");
  strictEqual(side((s) => s.nbbo(TEN - 60_000, CALL, 3.1, 3.2)), "STALE");
  strictEqual(side((s) => s.nbbo(TEN - 60_001, CALL, 3.1, 3.2)), "MISSING");
  strictEqual(side((s) => s.nbbo(TEN - 10, CALL, 3.1, 0)), "MISSING");
  strictEqual(side(() => {}), "MISSING");
});

Deno.test("spot of a quiet underlying is known to its packets though its quote is seconds old", () => {
  const script = new FlowScript().drift(TEN - 120_000, 90, "NVDA", 140);
  script.print(TEN, CALL, 3.2, 100);
  const sent = script.run(TEN + 5_000);
  // The print itself says that no quote was fresh.
  strictEqual(sent.options[0]?.execution_underlying_spot, null);
  strictEqual(sent["smart-money"][0]?.features["moneyness"], 1.017784);
});

Deno.test("the underlying's move runs from a minute before the first print, with its sign", () => {
  const move = (stepUsd: number) => {
    const script = new FlowScript().drift(TEN - 180_000, 60, "NVDA", 140);
    script.drift(TEN - 120_000, 125, "NVDA", 140, stepUsd);
    script.nbbo(TEN - 100, CALL, 3.1, 3.2);
    for (let i = 0; i < 4; i++) script.print(TEN + i * 10, CALL, 3.2, 60);
    const event = script.run(TEN + 5_000)["smart-money"][0];
    return Number(event?.features["underlying_move_bps"]);
  };
  // 60 to 62 s of steps of two cents on a mid of about 141: some 87 basis points.
  ok(Math.abs(move(0.02) - 87) < 3, String(move(0.02)));
  ok(Math.abs(move(-0.02) + 88) < 3, String(move(-0.02)));
  ok(Math.abs(move(0)) < 1);
});

Deno.test("volatility shock has a sign: prints at falling volatility compress it", () => {
  const script = new FlowScript().drift(TEN - 120_000, 125, "NVDA", 140);
  script.nbbo(TEN - 100, CALL, 3.1, 3.2);
  script.print(TEN - 9_000, CALL, 3.1, 1, { execution_iv: 0.41 });
  for (let i = 0; i < 4; i++) {
    script.print(TEN + i * 10, CALL, 3.1, 80, { execution_iv: 0.404 - i * 0.001 });
  }
  const event = eventsOf(script)[0];
  strictEqual(event?.features["synthetic_iv_shock"], -0.009);
});

Deno.test("an event of the calendar counts from its announcement on, for its underlying", () => {
  const entry = (underlying_id: string, announcedTs: number): CalendarEntry => ({
    underlying_id,
    event_ts: TEN + 5 * DAY,
    event_kind: "earnings",
    announced_ts: announcedTs,
    source: "synthetic",
  });
  const days = (entries: readonly CalendarEntry[]) =>
    sweep().run(TEN + 9_000, referenceWith(entries))["smart-money"][0]?.features["days_to_event"];
  strictEqual(days([entry("NVDA", TEN - DAY)]), 4.999993);
  strictEqual(days([entry("NVDA", TEN + 577)]), null);
  strictEqual(days([entry("AAPL", TEN - DAY)]), null);
});

Deno.test("repeats of an alert within 90 s are the same alert with more evidence", () => {
  const script = new FlowScript().drift(TEN - 120_000, 300, "NVDA", 140);
  for (const second of [0, 40, 100]) {
    const ts = TEN + second * 1_000;
    script.nbbo(ts - 100, CALL, 3.1, 3.2);
    for (let i = 0; i < 8; i++) {
      script.print(ts + i * 30, CALL, 3.2, 100, { exchange: VENUES[i % 4] ?? "" });
    }
  }
  const { alerts } = script.run(TEN + 200_000);
  strictEqual(alerts.length, 3);
  const [first, again, later] = alerts;
  strictEqual(again?.trace_id, first?.trace_id);
  ok(later?.trace_id !== first?.trace_id);
  ok((again?.seq ?? 0) > (first?.seq ?? 0));
  ok(again?.hits[0]?.explanations.includes("merged_count:2"));
  ok((again?.evidence_refs.length ?? 0) > (first?.evidence_refs.length ?? 0));
  // Nothing of the kind came before: novelty is whole. Log10 of 256,000 is 5.40824.
  const score = first?.profile_scores?.[0]?.score ?? 0;
  strictEqual(
    first?.score,
    Math.round(45 * score + 25 * (5.40824 - 4.7) / 1.5 + 15 + 15),
  );
  deepStrictEqual([86, 85, 72, 71].map(severityOf), ["high", "medium", "medium", "low"]);
  ok((first?.score ?? 0) > (later?.score ?? 0));
});

Deno.test("a named event and its alert say how often they are right on a synthetic tape, and nothing elsewhere", () => {
  const script = sweep();
  // Nobody quotes this one, so that it abstains.
  for (let i = 0; i < 8; i++) script.print(TEN + i * 30, "NVDA-2026-01-30-130-P", 3.2, 100);
  const read = (isSynthetic: boolean) => {
    const { engine, sent } = keepingEngine({ ...referenceWith(), isSynthetic });
    for (const raw of script.records) feed(engine, raw);
    engine.advance(TEN + 90_000);
    return sent;
  };
  const [made, real] = [read(true), read(false)];
  const named = made["smart-money"].filter(({ abstained }) => !abstained);
  const first = named[0];
  strictEqual(named.length, 1);
  strictEqual(made["smart-money"].length, 2);
  strictEqual(made["smart-money"].find(({ abstained }) => abstained)?.probability, null);
  const score = first?.profile_scores[0]?.score ?? NaN;
  strictEqual(first?.probability, stepOf(SYNTHETIC_MAP, score).probability);
  strictEqual(made.alerts[0]?.probability, first?.probability);
  // Of another tape all but that is the same.
  deepStrictEqual(real["smart-money"].map(({ probability }) => probability), [null, null]);
  deepStrictEqual(real.alerts.map(({ probability }) => probability), [null]);
  deepStrictEqual(
    real["smart-money"].map((event) => ({ ...event, probability: 0 })),
    made["smart-money"].map((event) => ({ ...event, probability: 0 })),
  );
});

Deno.test("an unreadable contract is counted and harms nothing", () => {
  const { engine, sent } = keepingEngine();
  const script = new FlowScript().print(TEN, "no contract", 1, 1).print(TEN + 1, CALL, 1, 1);
  for (const raw of script.records) feed(engine, raw);
  engine.advance(TEN + 9_000);
  strictEqual(engine.stats().unreadable, 1);
  strictEqual(sent.options.length, 1);
});

Deno.test("days to expiry count from the trading day that a print is for", () => {
  const days = (ts: number, expiry: string) => {
    const script = new FlowScript().print(ts, `SPY-${expiry}-590-C`, 3, 400);
    return script.run(ts + 9_000)["smart-money"][0]?.features["dte_days"];
  };
  // Wednesday 14 January 2026 at 10:00, at the last second of trading, and after the close.
  strictEqual(days(TEN, "2026-01-14"), 0);
  strictEqual(days(TEN + 6 * 3_600_000 - 1_000, "2026-01-14"), 0);
  strictEqual(days(TEN + 6 * 3_600_000, "2026-01-15"), 0);
  strictEqual(days(TEN, "2026-01-16"), 2);
  strictEqual(days(TEN, "2026-02-20"), 37);
  // Saturday before a Monday without trading: Tuesday's expiry is the nearest.
  strictEqual(days(TEN + 3 * DAY, "2026-01-20"), 0);
});
