import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { RATE } from "../../engine/options/mod.ts";
import { DEFAULT_CONTROL, fixedTimeline, sessionById } from "../../engine/regime/mod.ts";
import { MarketTape } from "../../engine/tape/mod.ts";
import { OptionListing } from "../../modules/tape/mod.ts";
import { optionListing } from "./option_listing.ts";

const { id, openTs, closeTs } = sessionById(202601150);

function tapeAt(tsMs: number): MarketTape {
  const timeline = fixedTimeline(DEFAULT_CONTROL);
  const tape = new MarketTape({ clock: "et", load: "steady", timeline });
  tape.seek(tsMs);
  return tape;
}

Deno.test("optionListing() tells the contracts of a session, the same at any time of it", () => {
  const listing = OptionListing.parse(optionListing(tapeAt(openTs), "SPY"));
  deepStrictEqual(optionListing(tapeAt(openTs + 3_600_000), "SPY"), listing);
  deepStrictEqual([listing.session_id, listing.close_ts], [id, closeTs]);
  deepStrictEqual([listing.rate_annual, listing.dividend_yield_annual], [RATE, 0]);
  strictEqual(listing.expiries[0]?.expiry, "2026-01-15");
  for (const { strikes, call_open_interest, put_open_interest } of listing.expiries) {
    ok(strikes.length > 20);
    strictEqual(call_open_interest.length, strikes.length);
    strictEqual(put_open_interest.length, strikes.length);
  }
});

Deno.test("optionListing() is null while the exchange is closed and for an unknown symbol", () => {
  strictEqual(optionListing(tapeAt(closeTs + 3_600_000), "SPY"), null);
  strictEqual(optionListing(tapeAt(openTs), "NOPE"), null);
});
