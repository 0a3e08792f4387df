import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { askCents, bidCents, halfSpread, oneTickDown, oneTickUp } from "./half_spread.ts";
import { printCents } from "./print_price.ts";

Deno.test("prints take the quote's sides, a tick beyond them, or the middle", () => {
  equal(printCents("AA", 110, 114, 1), 115);
  equal(printCents("A", 110, 114, 1), 114);
  equal(printCents("MID", 110, 114, -1), 112);
  equal(printCents("B", 110, 114, 1), 110);
  equal(printCents("BB", 110, 114, 1), 109);
  equal(printCents("BB", 1, 2, 1), 1);
});

Deno.test("without a middle on tick a mid print leans to its own side and stays inside", () => {
  equal(printCents("MID", 110, 113, 1), 112);
  equal(printCents("MID", 110, 113, -1), 111);
  equal(printCents("MID", 400, 415, 1), 410);
  equal(printCents("MID", 400, 415, -1), 405);
  equal(printCents("MID", 110, 111, 1), 111);
  equal(printCents("MID", 110, 111, -1), 110);
  equal(printCents("MID", 110, 110, 1), 110);
});

Deno.test("quotes are on tick, at least a tick wide and hold the model price", () => {
  const onTick = (cents: number) => cents < 300 || cents % 5 === 0;
  fc.assert(fc.property(
    fc.double({ min: 0.01, max: 900, noNaN: true }),
    fc.double({ min: 0, max: 5, noNaN: true }),
    (mid, half) => {
      const bid = bidCents(mid - half);
      const ask = askCents(mid + half, bid);
      ok(Number.isInteger(bid) && Number.isInteger(ask) && onTick(bid) && onTick(ask));
      ok(bid >= 1 && ask >= oneTickUp(bid));
      ok(ask / 100 >= mid - 1e-6 && (bid / 100 <= mid + 1e-6));
      ok(onTick(oneTickUp(ask)) && onTick(oneTickDown(bid)));
    },
  ));
});

Deno.test("half-spreads grow with price, vega and the market's strain, and never fall below half a tick", () => {
  const plain = halfSpread(0, 5, 40, 0.2, 1);
  ok(halfSpread(0, 8, 40, 0.2, 1) > plain);
  ok(halfSpread(0, 5, 80, 0.2, 1) > plain);
  ok(halfSpread(0, 5, 40, 0.2, 2) > plain);
  ok(halfSpread(39, 5, 40, 0.2, 1) > plain);
  equal(halfSpread(0, 0.05, 0, 0.2, 1), 0.005);
});
