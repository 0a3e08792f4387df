import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { probabilityText, scoreLine, scoreText } from "../words.ts";
import { RANGES } from "../tape_filter.ts";
import { event } from "../_test_util.ts";
import { CHANNELS } from "./mod.ts";
import { SMART_MONEY } from "./smart_money.ts";

Deno.test("no tape calls a score a probability: only what was measured is one", () => {
  for (const { name, columns } of CHANNELS) {
    for (const { id, label, title } of columns) {
      if (id === "right") continue;
      ok(!/^P\b|^Conf/.test(label), `${name} ${id}: ${label}`);
      ok(
        !/probab|confidence/i.test(title.replaceAll("is no probability", "")),
        `${name}: ${title}`,
      );
    }
  }
  strictEqual(RANGES.score, "Score");
});

Deno.test("a score that the record cut off at 1 is shown as one that may be more", () => {
  strictEqual(scoreText(1), "≥1.00");
  strictEqual(scoreText(0.8249), "0.82");
  const column = SMART_MONEY.columns.find(({ id }) => id === "p");
  strictEqual(column?.text(event(1, { score: 1, band: "high" })), "≥1.00 H");
  strictEqual(column?.text(event(1, { score: 0.5, band: "low" })), "0.50 L");
});

Deno.test("a probability is a share of a hundred, never all of them, and a dash where none is known", () => {
  const texts = [0.957, 1, 0.99, 0.0001, null].map(probabilityText);
  deepStrictEqual(texts, ["96 %", "> 99 %", "99 %", "< 1 %", "–"]);
  strictEqual(scoreLine(0.63, 0.957), "score 0.63, right in 96 %");
  strictEqual(scoreLine(0.63, 0.999), "score 0.63, right in over 99 %");
  strictEqual(scoreLine(0.63, null), "score 0.63");
  const row = event(1, { score: 0.63, probability: 0.957 });
  strictEqual(SMART_MONEY.noteOf?.(row, () => undefined), "score 0.63, right in 96 %");
  const column = SMART_MONEY.columns.find(({ id }) => id === "right");
  strictEqual(column?.text(event(1, { score: 0.5, probability: 0.98 })), "98 %");
  strictEqual(column?.text(event(1, { score: 0.5, probability: null })), "–");
});
