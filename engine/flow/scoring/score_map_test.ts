import { ok, strictEqual, throws } from "node:assert/strict";
import { stepOf } from "./score_map.ts";
import { SYNTHETIC_MAP } from "./synthetic_map.ts";

Deno.test("stepOf() finds the last step that a score reaches, and the first one below it", () => {
  const steps = [
    { from: 0.42, probability: 0.2, events: 10 },
    { from: 0.5, probability: 0.9, events: 30 },
  ];
  const at = (score: number) => stepOf({ steps }, score).probability;
  strictEqual(at(0), 0.2);
  strictEqual(at(0.4999), 0.2);
  strictEqual(at(0.5), 0.9);
  strictEqual(at(1), 0.9);
  throws(() => stepOf({ steps: [] }, 0.5), RangeError);
});

Deno.test("SYNTHETIC_MAP rises from 0 on within 0 to 1, and counts add up to its sample", () => {
  const { steps, learned, measured } = SYNTHETIC_MAP;
  strictEqual(steps[0]?.from, 0);
  steps.forEach(({ from, probability, events }, i) => {
    const before = steps[i - 1];
    ok(from >= 0 && from <= 1 && probability >= 0 && probability <= 1 && events > 0);
    ok(before === undefined || (from > before.from && probability > before.probability));
  });
  const sum = (counts: readonly { readonly events: number }[]) =>
    counts.reduce((all, { events }) => all + events, 0);
  strictEqual(sum(steps), learned.events);
  strictEqual(sum(measured.bins), measured.events);
});

Deno.test("SYNTHETIC_MAP was measured on seeds that it was not learned from, and holds there", () => {
  const { learned, measured } = SYNTHETIC_MAP;
  ok(learned.firstSeed + learned.seeds <= measured.firstSeed);
  let distance = 0;
  for (const { events, right, said } of measured.bins) distance += events * Math.abs(right - said);
  ok(Math.abs(distance / measured.events - measured.error) < 2e-4);
  ok(measured.error <= 0.02);
});
