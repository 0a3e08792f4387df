import { deepEqual, strictEqual } from "node:assert/strict";
import { philox2x32 } from "./mod.ts";

/** Known answers of the authors' code: counter, key, words. */
const GOLDEN: readonly [c0: number, c1: number, key: number, words: readonly number[]][] = [
  [0, 0, 0, [0xff1d_ae59, 0x6cd1_0df2]],
  [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, [0x2c3f_628b, 0xab4f_d7ad]],
  [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, [0xdd7c_e038, 0xf62a_4c12]],
];

Deno.test("philox2x32() draws the known answers of the reference code", () => {
  for (const [c0, c1, key, words] of GOLDEN) deepEqual([...philox2x32(c0, c1, key)], words);
});

Deno.test("philox2x32() takes counters and keys modulo 2^32 and writes where it is told", () => {
  const out = new Uint32Array(2);
  strictEqual(philox2x32(2 ** 32 + 7, -1, 5, out), out);
  deepEqual([...out], [...philox2x32(7, 0xffff_ffff, 5)]);
});

Deno.test("philox2x32() agrees with the 64-bit product by bigint", () => {
  const M = 0xd256_d193n;
  const mask = 0xffff_ffffn;
  for (let i = 0; i < 200; i++) {
    let [x, y, k] = [BigInt(i) * 0x0100_0193n & mask, BigInt(i * 7919), BigInt(i * 104_729)];
    const drawn = philox2x32(Number(x), Number(y), Number(k));
    for (let round = 0; round < 10; round++) {
      const product = M * x;
      [x, y, k] = [(product >> 32n) ^ k ^ y, product & mask, (k + 0x9e37_79b9n) & mask];
    }
    deepEqual([...drawn], [Number(x), Number(y)]);
  }
});
