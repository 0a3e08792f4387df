import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { AlertRow } from "../tape/rows.ts";
import { AlertDesk, MUTE_MS } from "./alert_desk.ts";
import { type AlertRule, meets, readRules } from "./rules.ts";

const alert: AlertRow = {
  kind: "alerts",
  ts: 1_000,
  seq: 1,
  id: "alert:1",
  symbol: "NVDA",
  severity: "medium",
  score: 60,
  profile: "retail_whale",
  direction: "bullish",
  match: 0.6,
  probability: 0.96,
  premium: null,
  explanations: "",
  refs: [],
};
const rule: AlertRule = {
  name: "Whales",
  profile: "retail_whale",
  symbols: ["NVDA"],
  minPremium: 0,
  minScore: 0.5,
  severity: "medium",
  isOn: true,
};

class Memory {
  readonly texts = new Map<string, string>();
  getItem(key: string): string | null {
    return this.texts.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.texts.set(key, value);
  }
}

Deno.test("a rule asks for profile, symbol, premium, score and severity together", () => {
  strictEqual(meets(rule, alert, null), true);
  strictEqual(meets({ ...rule, profile: "arbitrage" }, alert, null), false);
  strictEqual(meets({ ...rule, symbols: ["SPY"] }, alert, null), false);
  strictEqual(meets({ ...rule, minScore: 0.7 }, alert, null), false); // its probability is above that
  strictEqual(meets({ ...rule, severity: "high" }, alert, null), false);
  strictEqual(meets({ ...rule, minPremium: 100 }, alert, null), false);
  strictEqual(meets({ ...rule, minPremium: 100 }, alert, 100), true);
  strictEqual(meets({ ...rule, isOn: false }, alert, null), false);
});

Deno.test("readRules() takes what older releases called a probability for the score that it was", () => {
  const { minScore: _, ...stored } = rule;
  deepStrictEqual(readRules([{ ...stored, minProbability: 0.5 }]), [rule]);
  deepStrictEqual(readRules(JSON.parse(JSON.stringify([rule]))), [rule]);
});

Deno.test("an alert rings once, not when it is seen or muted, and stands in the audit", () => {
  const desk = new AlertDesk(null);
  desk.setRules([rule]);
  desk.toggleMute("NVDA", "retail_whale", 500);
  strictEqual(desk.stateOf(alert, 1_000), "muted");
  deepStrictEqual(desk.take([alert], () => null, 1_000), []);
  strictEqual(desk.stateOf(alert, 500 + MUTE_MS), "new");
  desk.toggleMute("NVDA", "retail_whale", 600);
  strictEqual(desk.take([alert], () => null, 1_000).length, 1);
  strictEqual(desk.take([alert], () => null, 1_000).length, 0);
  strictEqual(desk.rangBy(alert), "Whales");
  deepStrictEqual(desk.fired.value.map(({ alertId }) => alertId), ["alert:1"]);
  desk.toggleAck("alert:1");
  strictEqual(desk.stateOf(alert, 1_000), "acknowledged");
});

Deno.test("rules, mutes and acknowledgements come back with the next visit", () => {
  const memory = new Memory();
  const desk = new AlertDesk(memory);
  desk.setRules([rule]);
  desk.toggleAck("alert:1");
  desk.setBells({ sound: true, desktop: false });
  const again = new AlertDesk(memory);
  deepStrictEqual(again.rules.value, [rule]);
  strictEqual(again.stateOf(alert, 1_000), "acknowledged");
  deepStrictEqual(again.bells.value, { sound: true, desktop: false });
  memory.setItem("lotus.alerts", '{"rules":[{"name":7}],"acks":5,"mutes":[1],"fired":{}}');
  deepStrictEqual(new AlertDesk(memory).rules.value, []);
});
