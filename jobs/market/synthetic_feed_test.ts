import { strictEqual } from "node:assert/strict";
import { SyntheticFeed } from "./synthetic_feed.ts";

Deno.test("SyntheticFeed holds the regime that it was opened with", async () => {
  const startNs = 1_767_709_800_000_000_000n;
  const feed = new SyntheticFeed(3, "retail_chase", startNs);
  await feed.pull(startNs + 400_000_000_000n, Infinity, () => {});
  strictEqual(feed.regime, "retail_chase");
  const planned = new SyntheticFeed(3, null, startNs);
  const seen = new Set<string>();
  for (let s = 1n; s <= 40n; s++) {
    await planned.pull(startNs + s * 10_000_000_000n, Infinity, () => {});
    seen.add(planned.regime);
  }
  strictEqual(seen.size > 1, true);
});
