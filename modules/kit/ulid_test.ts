import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { idMaker, isUlid, ulid, ULID_RANDOM_BYTES, ulidTimeMs } from "./mod.ts";

const bytes = fc.uint8Array({ minLength: ULID_RANDOM_BYTES, maxLength: ULID_RANDOM_BYTES });

Deno.test("ulid() writes time and randomness as the specification does", () => {
  strictEqual(ulid(1_469_918_176_385, new Uint8Array(10)), "01ARYZ6S410000000000000000");
  strictEqual(ulid(2 ** 48 - 1, new Uint8Array(10).fill(255)), "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
  throws(() => ulid(2 ** 48, new Uint8Array(10)), RangeError);
  throws(() => ulid(1.5, new Uint8Array(10)), RangeError);
  throws(() => ulid(1, new Uint8Array(9)), RangeError);
});

Deno.test("ulidTimeMs() reads the time back, and ids sort by it", () => {
  const time = fc.nat({ max: 2 ** 48 - 1 });
  fc.assert(
    fc.property(time, bytes, time, bytes, (a, randomA, b, randomB) => {
      const [first, second] = [ulid(a, randomA), ulid(b, randomB)];
      ok(isUlid(first));
      strictEqual(ulidTimeMs(first), a);
      if (a < b) ok(first < second);
    }),
    { seed: 5 },
  );
  for (const text of ["", "01ARYZ6S41000000000000000U", "81ARYZ6S410000000000000000"]) {
    ok(!isUlid(text));
    throws(() => ulidTimeMs(text), RangeError);
  }
});

Deno.test("idMaker() ascends within a millisecond, across a full counter and a clock that steps back", () => {
  const times = [5, 5, 5, 4, 6, 6];
  const fills = [254, 255, 1];
  const next = idMaker({
    nowMs: () => times.shift() ?? 6,
    fill: (array) => array.fill(fills.shift() ?? 0),
  });
  const first = next();
  const rest = Array.from({ length: 5 }, next);
  const all = [first, ...rest];
  deepStrictEqual([...all].sort(), all);
  strictEqual(new Set(all).size, 6);
  const full = idMaker({ nowMs: () => 9, fill: (array) => array.fill(255) });
  const [a, b] = [full(), full()];
  deepStrictEqual([ulidTimeMs(a), ulidTimeMs(b)], [9, 10]);
});
