import { strictEqual } from "node:assert/strict";
import { volumeTop } from "./paint_lower.ts";

function bars(volumes: readonly number[]) {
  return volumes.map((volume, i) => (
    { ts: i * 60_000, open: 1, high: 1, low: 1, close: 1, volume, offVolume: 0 }
  ));
}

Deno.test("volumeTop() is the most that is shown, but where auctions dwarf the minutes", () => {
  const minutes = Array.from({ length: 100 }, (_, i) => 1_000 + 10 * i);
  strictEqual(volumeTop(bars(minutes), { first: 0, last: 99 }), 1_990);
  strictEqual(volumeTop(bars(minutes), { first: 0, last: 9 }), 1_090);
  const closing = bars([...minutes, 400_000]);
  // Twice the volume that a twentieth of the bars is over.
  strictEqual(volumeTop(closing, { first: 0, last: 100 }), 2 * 1_950);
  strictEqual(volumeTop(closing, { first: 0, last: 99 }), 1_990);
  strictEqual(volumeTop(closing, { first: 100, last: 100 }), 400_000);
  strictEqual(volumeTop([], { first: 0, last: -1 }), 0);
});
