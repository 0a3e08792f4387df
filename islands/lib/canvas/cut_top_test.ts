import { strictEqual } from "node:assert/strict";
import { cutTop } from "./cut_top.ts";

Deno.test("cutTop() is the most of all bars, but where auctions dwarf the minutes", () => {
  const minutes = Array.from({ length: 100 }, (_, i) => 1_000 + 10 * i);
  const top = (...volumes: number[]) => cutTop(Float64Array.from(volumes));
  strictEqual(top(...minutes), 1_990);
  strictEqual(top(...minutes.slice(0, 10)), 1_090);
  // Twice the volume that a twentieth of the bars is over.
  strictEqual(top(...minutes, 400_000), 2 * 1_950);
  strictEqual(top(400_000), 400_000);
  strictEqual(top(), 0);
});
