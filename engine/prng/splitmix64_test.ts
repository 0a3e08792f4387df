import { deepEqual } from "node:assert/strict";
import { SplitMix64 } from "./mod.ts";
import { seedWord } from "./splitmix64.ts";

/** First five words by the authors' C code. */
const GOLDEN: readonly [seed: bigint, words: readonly bigint[]][] = [
  [0n, [
    0xe220a8397b1dcdafn,
    0x6e789e6aa1b965f4n,
    0x06c45d188009454fn,
    0xf88bb8a8724c81ecn,
    0x1b39896a51a8749bn,
  ]],
  [1234567n, [
    0x599ed017fb08fc85n,
    0x2c73f08458540fa5n,
    0x883ebce5a3f27c77n,
    0x3fbef740e9177b3fn,
    0xe3b8346708cb5ecdn,
  ]],
];

Deno.test("SplitMix64.next() draws the words of the reference code", () => {
  for (const [seed, words] of GOLDEN) {
    const mix = new SplitMix64(seedWord(seed));
    deepEqual(
      words.map(() => {
        const word = mix.next();
        return (BigInt(word.high) << 32n) | BigInt(word.low);
      }),
      words,
    );
  }
});
