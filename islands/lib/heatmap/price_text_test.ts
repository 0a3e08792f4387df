import { strictEqual } from "node:assert/strict";
import { priceText } from "./price_text.ts";

Deno.test("priceText() shows half ticks with one more decimal", () => {
  const scale = { tickSize: 0.25, decimals: 2 };
  strictEqual(priceText(85_000, scale), "21\u2009250.00");
  strictEqual(priceText(84_999.5, scale), "21\u2009249.875");
});
