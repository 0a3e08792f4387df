import { ok, strictEqual } from "node:assert/strict";
import { scoreText } from "../words.ts";
import { RANGES } from "../tape_filter.ts";
import { event } from "../_test_util.ts";
import { CHANNELS } from "./mod.ts";
import { SMART_MONEY } from "./smart_money.ts";

Deno.test("no tape calls a score a probability: it is not calibrated", () => {
  for (const { name, columns } of CHANNELS) {
    for (const { id, label, title } of columns) {
      ok(!/^P\b|^Conf/.test(label), `${name} ${id}: ${label}`);
      ok(
        !/probab|confidence/i.test(title.replaceAll("is no probability", "")),
        `${name}: ${title}`,
      );
    }
  }
  strictEqual(RANGES.probability, "Score");
});

Deno.test("a score that the record cut off at 1 is shown as one that may be more", () => {
  strictEqual(scoreText(1), "≥1.00");
  strictEqual(scoreText(0.8249), "0.82");
  const column = SMART_MONEY.columns.find(({ id }) => id === "p");
  strictEqual(column?.text(event(1, { probability: 1, band: "high" })), "≥1.00 H");
  strictEqual(column?.text(event(1, { probability: 0.5, band: "low" })), "0.50 L");
});
