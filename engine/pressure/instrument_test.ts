import { strictEqual } from "node:assert/strict";
import { newYorkText } from "../clock/mod.ts";
import { tradingHours } from "./instrument.ts";

Deno.test("tradingHours() gives the session of the product and the regular open", () => {
  const equity = tradingHours({ product_type: "equity_mbo" }, "2026-03-10");
  strictEqual(newYorkText(equity.fromNs), "2026-03-10 02:00:00");
  strictEqual(newYorkText(equity.toNs), "2026-03-10 16:00:00");
  const future = tradingHours({ product_type: "future_mbo" }, "2026-03-10");
  strictEqual(newYorkText(future.fromNs), "2026-03-09 20:00:00", "the UTC day");
  for (const { openNs } of [equity, future]) {
    strictEqual(newYorkText(openNs), "2026-03-10 09:30:00");
  }
});
