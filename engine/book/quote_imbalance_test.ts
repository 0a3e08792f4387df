import { strictEqual } from "node:assert/strict";
import { type BestQuote, quoteImbalance } from "./mod.ts";

const BEFORE: BestQuote = [100, 10, 102, 20];

Deno.test("quoteImbalance() counts queues by what price did", () => {
  const cases: readonly [what: string, next: BestQuote, sum: number][] = [
    ["nothing", [100, 10, 102, 20], 0],
    ["bid queue grows", [100, 15, 102, 20], 5],
    ["better bid", [101, 3, 102, 20], 3],
    ["worse bid", [99, 8, 102, 20], -10],
    ["ask queue shrinks", [100, 10, 102, 12], 8],
    ["better ask", [100, 10, 101, 4], -4],
    ["worse ask", [100, 10, 103, 4], 20],
    ["both up", [101, 3, 103, 4], 23],
  ];
  for (const [what, next, sum] of cases) strictEqual(quoteImbalance(BEFORE, next), sum, what);
});
