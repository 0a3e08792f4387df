import { ok, strictEqual } from "node:assert/strict";
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
  let spy = 0;
  const tape = tapeAt(openTs);
  const skip = () => {};
  tape.advance(openTs + 2_000, {
    optionNbbo: skip,
    optionPrint: skip,
    equityQuote: (row) => {
      if (row.underlying_id === "SPY" && spy === 0) spy = (row.bid + row.ask) / 2;
    },
    equityPrint: skip,
  });
  ok(Math.abs(spy - (first.prices["SPY"] ?? 0)) < 0.05, `${spy} ${first.prices["SPY"]}`);
});

Deno.test("sessionOpen() is null while the exchange is closed", () => {
  strictEqual(sessionOpen(tapeAt(closeTs + 3_600_000)), null);
});
