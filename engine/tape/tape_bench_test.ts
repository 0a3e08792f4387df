import { equal, ok } from "node:assert/strict";
import { benchTape } from "./tape_bench.ts";

Deno.test("the bench's two ways make the same records", () => {
  const result = benchTape(() => performance.now(), { seconds: 3, naiveSeconds: 1 });
  equal(result.differing, 0);
  ok(result.messages > 0 && result.perSecond > 0 && result.naivePerSecond > 0);
});
