import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { FlowScript, TEN } from "./testing/flow_script.ts";

const CALL = "NVDA-2026-01-30-142.5-C";
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
