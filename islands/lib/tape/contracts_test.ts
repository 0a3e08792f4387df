import { ok, strictEqual } from "node:assert/strict";
import { greeks, yearsToExpiry } from "../../../engine/options/mod.ts";
import { contractTerms, deltaOf } from "./contracts.ts";

const NOW = Date.UTC(2026, 0, 12, 15);

Deno.test("deltaOf() is the delta of every other greek: the same rate, forward and time", () => {
  const years = yearsToExpiry(NOW, 20260918);
  for (const right of ["C", "P"] as const) {
    const terms = contractTerms(`KO-2026-09-18-100-${right}`);
    strictEqual(deltaOf(terms, 98, 0.3, NOW), greeks(right, 98, 100, years, 0.3).delta);
  }
  const [call, put] = ["C", "P"].map((right) =>
    deltaOf(contractTerms(`KO-2026-09-18-100-${right}`), 98, 0.3, NOW) ?? 0
  );
  ok(Math.abs((call ?? 0) - (put ?? 0) - 1) < 1e-12);
  strictEqual(deltaOf(contractTerms("KO-2026-09-18-100-C"), null, 0.3, NOW), null);
});
