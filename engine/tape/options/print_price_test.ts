import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { askCents, bidCents, halfSpread, oneTickDown, oneTickUp } from "./half_spread.ts";
import { printCents } from "./print_price.ts";

Deno.test("prints take the quote's sides, a tick beyond them, or the middle", () => {
  equal(printCents("AA", 110, 114, 1, false), 115);
  equal(printCents("A", 110, 114, 1, false), 114);
  equal(printCents("MID", 110, 114, -1, false), 112);
  equal(printCents("B", 110, 114, 1, false), 110);
  equal(printCents("BB", 110, 114, 1, false), 109);
  equal(printCents("BB", 1, 2, 1, false), 1);
});

Deno.test("without a middle on tick a mid print leans to its own side and stays inside", () => {
  equal(printCents("MID", 110, 113, 1, false), 112);
  equal(printCents("MID", 110, 113, -1, false), 111);
  equal(printCents("MID", 400, 415, 1, false), 410);
  equal(printCents("MID", 400, 415, -1, false), 405);
  equal(printCents("MID", 110, 111, 1, false), 111);
  equal(printCents("MID", 110, 111, -1, false), 110);
  equal(printCents("MID", 110, 110, 1, false), 110);
  equal(printCents("MID", 400, 403, 1, true), 402);
});

Deno.test("quotes are on tick, at least a tick wide and hold the model price", () => {
  fc.assert(fc.property(
    fc.double({ min: 0.01, max: 900, noNaN: true }),
    fc.double({ min: 0, max: 5, noNaN: true }),
    fc.boolean(),
    (mid, half, penny) => {
      const onTick = (cents: number) => penny || cents < 300 || cents % 5 === 0;
      const bid = bidCents(mid - half, penny);
      const ask = askCents(mid + half, bid, penny);
      ok(Number.isInteger(bid) && Number.isInteger(ask) && onTick(bid) && onTick(ask));
      ok(bid >= 1 && ask >= oneTickUp(bid, penny));
      ok(ask / 100 >= mid - 1e-6 && (bid / 100 <= mid + 1e-6));
      ok(onTick(oneTickUp(ask, penny)) && onTick(oneTickDown(bid, penny)));
    },
  ));
});

Deno.test("half-spreads grow with price, vega and the market's strain, and never fall below half a tick", () => {
  const plain = halfSpread(6, 5, 40, 0.2, 1);
  ok(halfSpread(6, 8, 40, 0.2, 1) > plain);
  ok(halfSpread(6, 5, 80, 0.2, 1) > plain);
  ok(halfSpread(6, 5, 40, 0.2, 2) > plain);
  ok(halfSpread(39, 5, 40, 0.2, 1) > plain);
  equal(halfSpread(6, 0.05, 0, 0.2, 1), 0.005);
  ok(halfSpread(0, 5, 40, 0.2, 1) < plain / 2, "in cents makers compete harder");
});
