import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { Xoshiro256 } from "./xoshiro256.ts";

/** Words 1 to 5 and 1,000 by the authors' C code, seeded by splitmix64. */
const GOLDEN: readonly [seed: bigint, words: readonly string[]][] = [
  [0n, [
    "99ec5f36cb75f2b4",
    "bf6e1f784956452a",
    "1a5f849d4933e6e0",
    "6aa594f1262d2d2c",
    "bba5ad4a1f842e59",
    "7aac8c483a2edd2f",
  ]],
  [1n, [
    "b3f2af6d0fc710c5",
    "853b559647364cea",
    "92f89756082a4514",
    "642e1c7bc266a3a7",
    "b27a48e29a233673",
    "b8517c33c344d153",
  ]],
  [9223372036854788153n, [
    "9aebf7c2f83157c6",
    "53ebc134f3b6fe9e",
    "2b34d7b273b7ec59",
    "29445b15de1b0fc6",
    "6525409f25ad12e4",
    "be3c40f5d5341d82",
  ]],
];

function hex(rng: Xoshiro256): string {
  return rng.high.toString(16).padStart(8, "0") + rng.low.toString(16).padStart(8, "0");
}

Deno.test("Xoshiro256.advance() draws the words of the reference code", () => {
  for (const [seed, words] of GOLDEN) {
    const rng = new Xoshiro256(seed);
    const drawn: string[] = [];
    for (let i = 1; i <= 1_000; i++) {
      rng.advance();
      if (i <= 5 || i === 1_000) drawn.push(hex(rng));
    }
    deepEqual(drawn, words);
  }
});

Deno.test("Xoshiro256 streams of one seed differ and repeat", () => {
  const first = [0, 1, 2, 3].map((stream) => new Xoshiro256(7, stream).uniform());
  equal(new Set(first).size, 4);
  deepEqual(first, [0, 1, 2, 3].map((stream) => new Xoshiro256(7n, stream).uniform()));
});

Deno.test("Xoshiro256.uniform() and below() are level over their range", () => {
  const rng = new Xoshiro256(42);
  const counts = new Array<number>(10).fill(0);
  let sum = 0;
  for (let i = 0; i < 100_000; i++) {
    sum += rng.uniform();
    counts[rng.below(10)]!++;
  }
  ok(Math.abs(sum / 100_000 - 0.5) < 0.005);
  for (const count of counts) ok(Math.abs(count - 10_000) < 400, `count ${count}`);
});

Deno.test("Xoshiro256.restore() continues a saved state and refuses a dead one", () => {
  const rng = new Xoshiro256(3);
  rng.advance();
  const state = rng.save();
  const next = rng.uniform();
  const other = new Xoshiro256(9);
  other.restore(state);
  equal(other.uniform(), next);
  throws(() => other.restore(new Int32Array(8)), RangeError);
  throws(() => other.restore(new Int32Array(4)), RangeError);
});

Deno.test("Xoshiro256 refuses seeds that it cannot hold", () => {
  for (const seed of [-1, 0.5, NaN, 2 ** 53, -1n, 1n << 64n]) {
    throws(() => new Xoshiro256(seed), RangeError);
  }
});
