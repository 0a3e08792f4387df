import { deepEqual, equal, match } from "node:assert/strict";
import { type BenchRow, isMet, ratioOf } from "./row.ts";
import { rowJson, table } from "./table.ts";

function row(change: Partial<BenchRow>): BenchRow {
  return {
    name: "x",
    what: "something",
    unit: "ms",
    measured: 2,
    baseline: { what: "the plain way", value: 8 },
    reach: { bound: "at most", value: 3 },
    note: "",
    ...change,
  };
}

Deno.test("ratioOf() is above 1 when the measured way is better, whichever way is up", () => {
  equal(ratioOf(row({})), 4);
  equal(ratioOf(row({ measured: 32, reach: { bound: "at least", value: 1 } })), 4);
  equal(ratioOf(row({ baseline: null })), null);
});

Deno.test("isMet() takes the bound itself as met", () => {
  equal(isMet(row({ measured: 3 })), true);
  equal(isMet(row({ measured: 3.01 })), false);
  equal(isMet(row({ measured: 1, reach: { bound: "at least", value: 1 } })), true);
  equal(isMet(row({ measured: 0.9, reach: { bound: "at least", value: 1 } })), false);
  equal(isMet(row({ reach: null })), null);
});

Deno.test("table() shows what was missed and what has no baseline", () => {
  const lines = table([
    row({ measured: 4 }),
    row({
      unit: "events/s",
      measured: 6_230_000,
      baseline: null,
      reach: { bound: "at least", value: 4e6 },
    }),
  ]).split("\n");
  equal(lines.length, 4);
  match(lines[2]!, /4\.00 ms +\| 8\.00 ms, the plain way +\| 2\.00× \| ≤ 3\.00 ms +\| NO/);
  match(lines[3]!, /6\.23 M events\/s \| – +\| – +\| ≥ 4\.00 M events\/s \| yes/);
  deepEqual(new Set(lines.map((line) => line.length)).size, 1);
});

Deno.test("rowJson() adds ratio and verdict", () => {
  const { ratio, met, measured } = rowJson(row({}));
  deepEqual([ratio, met, measured], [4, true, 2]);
});
