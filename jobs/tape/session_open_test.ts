import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { DEFAULT_CONTROL, fixedTimeline, sessionById, UNIVERSE } from "../../engine/regime/mod.ts";
import { MarketTape } from "../../engine/tape/mod.ts";
import { SessionOpen } from "../../modules/tape/mod.ts";
import { sessionOpen } from "./session_open.ts";

const { id, openTs, closeTs } = sessionById(202601150);

function tapeAt(tsMs: number): MarketTape {
  const timeline = fixedTimeline(DEFAULT_CONTROL);
  const tape = new MarketTape({ clock: "et", load: "steady", timeline });
  tape.seek(tsMs);
  return tape;
}

Deno.test("sessionOpen() tells every symbol's price at the open, whenever it is asked", () => {
  const first = SessionOpen.parse(sessionOpen(tapeAt(openTs)));
  const later = SessionOpen.parse(sessionOpen(tapeAt(openTs + 5_400_000)));
  strictEqual(first.session_id, id);
  strictEqual(Object.keys(first.prices).length, UNIVERSE.length);
  for (const [symbol, price] of Object.entries(first.prices)) {
    ok(price > 0);
    strictEqual(later.prices[symbol], price, symbol);
  }
  const opened = new Map<string, number>();
  const tape = tapeAt(openTs);
  const skip = () => {};
  tape.advance(openTs + 3_000, {
    optionNbbo: skip,
    optionPrint: skip,
    equityQuote: skip,
    equityPrint: ({ underlying_id, price, conditions }) => {
      if (conditions.includes("OPENING")) opened.set(underlying_id, price);
    },
  });
  // What moves count from is what the opening auctions printed.
  deepStrictEqual(Object.fromEntries(opened), first.prices);
});

Deno.test("sessionOpen() is null while the exchange is closed", () => {
  strictEqual(sessionOpen(tapeAt(closeTs + 3_600_000)), null);
});
