import fc from "fast-check";
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { exchangeClock, exchangeDate, nsToMs, spanText } from "./exchange_time.ts";
import { bytesText, compact, fixed, percent, signed, significant } from "./format.ts";
import { keyName, KeyPairs } from "./key_names.ts";

Deno.test("exchangeClock() follows New York through summer and winter", () => {
  strictEqual(exchangeClock(Date.UTC(2026, 1, 6, 14, 30, 0, 250), true), "09:30:00.250");
  strictEqual(exchangeClock(Date.UTC(2026, 6, 6, 13, 30)), "09:30:00");
  strictEqual(exchangeClock(Date.UTC(2026, 2, 8, 6, 59, 59)), "01:59:59");
  strictEqual(exchangeClock(Date.UTC(2026, 2, 8, 7, 0)), "03:00:00");
  strictEqual(exchangeDate(Date.UTC(2026, 1, 7, 2)), "2026-02-06");
});

Deno.test("nsToMs() keeps microseconds", () => {
  strictEqual(nsToMs("1770388200000123456"), 1_770_388_200_000.123);
});

Deno.test("fixed() and signed() group thousands and sign zero as nothing", () => {
  strictEqual(fixed(1_234_567.891, 2), "1\u2009234\u2009567.89");
  strictEqual(fixed(-1_500, 0), "\u22121\u2009500");
  strictEqual(signed(0.001, 2), "0.00");
  strictEqual(signed(-0.001, 2), "0.00");
  strictEqual(signed(2, 1), "+2.0");
  strictEqual(fixed(NaN, 2), "–");
});

Deno.test("significant() keeps five digits of every size", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1e12, noNaN: true }), fc.boolean(), (size, minus) => {
      const value = minus ? -size : size;
      const back = Number(significant(value).replaceAll("\u2009", "").replaceAll("\u2212", "-"));
      ok(Math.abs(back - value) <= 6e-4 * Math.abs(value), significant(value));
    }),
    { seed: 20_260_206, numRuns: 300 },
  );
});

Deno.test("short texts are short", () => {
  deepStrictEqual([compact(950), compact(12_400), compact(3_100_000)], ["950", "12.4k", "3.1M"]);
  deepStrictEqual([bytesText(1_200), bytesText(47_200_000)], ["1.2 kB", "47.2 MB"]);
  strictEqual(percent(0.984), "98\u2009%");
  deepStrictEqual([spanText(40), spanText(4_200), spanText(62_000)], [
    "40 ms",
    "4.2 s",
    "1 min 2 s",
  ]);
});

Deno.test("keyName() is the same for a letter in either case, and tells arrows with Shift apart", () => {
  strictEqual(keyName({ key: "P", shiftKey: true }), "p");
  strictEqual(keyName({ key: "ArrowLeft", shiftKey: true }), "Shift+ArrowLeft");
  strictEqual(keyName({ key: "?", shiftKey: true }), "?");
});

Deno.test("KeyPairs.take() joins a first key to what follows it in time, and begins anew with another", () => {
  const pairs = new KeyPairs(["g", "w"]);
  deepStrictEqual([pairs.take("s", 0), pairs.take("g", 100), pairs.take("s", 1_599)], [
    "s",
    null,
    "g s",
  ]);
  deepStrictEqual([pairs.take("s", 1_600), pairs.take("g", 2_000)], ["s", null]);
  deepStrictEqual([pairs.take("g", 3_400), pairs.take("w", 4_800)], [null, "g w"]);
  deepStrictEqual([pairs.take("g", 5_000), pairs.take("s", 6_500)], [null, "s"]);
  deepStrictEqual([pairs.take("w", 7_000), pairs.isOpen(7_100), pairs.take("ArrowUp", 7_100)], [
    null,
    true,
    "w ArrowUp",
  ]);
  strictEqual(pairs.isOpen(7_200), false);
});
