import { deepEqual, equal } from "node:assert/strict";
import { Xoshiro128 } from "./mod.ts";

Deno.test("Xoshiro128 draws the house's golden numbers", () => {
  const seed = 9223372036854788153n;
  let rng = new Xoshiro128(seed);
  deepEqual(
    Array.from({ length: 4 }, () => rng.u32()),
    [2278188748, 2617490625, 1347102391, 4075625286],
  );
  rng = new Xoshiro128(seed);
  equal(rng.uniform(), 0.5304321543084981);
  equal(rng.uniform(), 0.3136467184791748);
  rng = new Xoshiro128(seed);
  deepEqual([2, 3, 10, 97, 1_000, 1_048_576].map((n) => rng.below(n)), [
    1,
    1,
    3,
    92,
    109,
    298_999,
  ]);
  rng = new Xoshiro128(seed);
  deepEqual(rng.shuffle([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), [3, 8, 4, 7, 1, 0, 6, 2, 9, 5]);
});
