import { ok, strictEqual, throws } from "node:assert/strict";
import fc from "fast-check";
import { MAX_VALUE_BYTES, pack, packParts, StoreError, unpack } from "./mod.ts";

const isDamaged = (error: unknown) => error instanceof StoreError && error.code === "damaged";

Deno.test("unpack() gives back what pack() was given, and finds a single bit that changed", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat(), fc.nat(7), (text, at, bit) => {
      const bytes = pack(text);
      strictEqual(unpack(bytes), text);
      const i = at % bytes.length;
      bytes[i] = (bytes[i] ?? 0) ^ 1 << bit;
      throws(() => unpack(bytes), isDamaged);
    }),
    { seed: 11, numRuns: 400 },
  );
  throws(() => unpack("text"), isDamaged);
  throws(() => unpack(new Uint8Array(20)), isDamaged);
});

Deno.test("packParts() keeps every item in order in values that the database takes", () => {
  const items = Array.from({ length: 300 }, (_, i) =>
    // Digits that do not pack, so that many values are needed.
    Array.from({ length: 120 }, (_, j) => Math.imul(i * 131 + j, 2_654_435_761) >>> 0).join(" "));
  const parts = packParts(items, (part) => part.join("\n"));
  ok(parts.length > 1);
  ok(parts.every((part) => part.length <= MAX_VALUE_BYTES));
  strictEqual(parts.map(unpack).join("\n"), items.join("\n"));
  strictEqual(packParts([], () => "").length, 0);
});

Deno.test("packParts() refuses one item that no value can hold", () => {
  const item = Array.from({ length: 40_000 }, (_, i) => Math.imul(i, 2_654_435_761) >>> 0).join();
  throws(
    () => packParts([item], (part) => part.join()),
    (error) => error instanceof StoreError && error.code === "too_large",
  );
});
