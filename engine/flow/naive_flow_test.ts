import { ok, strictEqual } from "node:assert/strict";
import { busyTape } from "./testing/busy_tape.ts";
import { feed, keepingEngine, TEN } from "./testing/flow_script.ts";
import { NaiveFlow } from "./testing/naive_flow.ts";

Deno.test("FlowEngine clusters and joins exactly as the plain pipeline does", () => {
  const tape = busyTape(23, { seconds: 60, prints: 8, quotes: 40 });
  const naive = new NaiveFlow();
  const { engine, sent } = keepingEngine();
  for (const raw of tape) {
    naive.take(raw);
    feed(engine, raw);
  }
  naive.finish();
  engine.advance(TEN + 90_000);
  const packets = new Map(
    sent.flow.filter(({ features }) => features["packet_kind"] === "contract").map((packet) => [
      packet.id,
      packet.features,
    ]),
  );
  strictEqual(packets.size, naive.packets.length);
  ok(packets.size > 200);
  for (const { id, premium, coverage, aggressive } of naive.packets) {
    const features = packets.get(id);
    ok(features !== undefined, id);
    ok(Math.abs(Number(features["total_premium"]) - premium) < 1e-5);
    ok(Math.abs(Number(features["nbbo_coverage_ratio"]) - coverage) < 1e-6);
    ok(Math.abs(Number(features["nbbo_aggressive_ratio"]) - aggressive) < 1e-6);
  }
});
