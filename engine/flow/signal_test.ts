import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { NbboSide } from "../frames/records.ts";
import { signalOf } from "./signal.ts";

function passes(
  notional: number,
  side: NbboSide,
  { size = 10, isEtf = false, isSweep = false } = {},
): boolean {
  return signalOf("smart-money", { notional, size, side, isEtf, isSweep }).pass;
}

Deno.test("signalOf() keeps what the limits of the view keep", () => {
  strictEqual(passes(9_999, "A"), false);
  strictEqual(passes(10_000, "A"), true);
  strictEqual(passes(49_999, "A", { isEtf: true }), false);
  strictEqual(passes(50_000, "A", { isEtf: true }), true);
  strictEqual(passes(24_999, "B", { size: 600 }), false);
  strictEqual(passes(25_000, "B", { size: 600 }), true);
  strictEqual(passes(25_000, "B"), false);
  strictEqual(passes(100_000, "B"), true);
  strictEqual(passes(19_999, "MID", { size: 600 }), false);
  strictEqual(passes(19_999, "MID", { size: 600, isSweep: true }), true);
  strictEqual(passes(25_000, "MID", { isSweep: true }), true);
  strictEqual(passes(49_999, "STALE", { size: 600 }), false);
  strictEqual(passes(50_000, "MISSING", { size: 600 }), true);
});

Deno.test("signalOf() gives every reason, and the other views have their own limits", () => {
  const input = { notional: 120_000, size: 700, side: "AA", isEtf: false, isSweep: true } as const;
  deepStrictEqual(signalOf("smart-money", input).reasons, [
    "ask_side",
    "sweep",
    "large_size",
    "large_notional",
  ]);
  const small = { notional: 5_000, size: 1, side: "A", isEtf: false, isSweep: false } as const;
  strictEqual(signalOf("smart-money", small).pass, false);
  strictEqual(signalOf("balanced", small).pass, true);
  strictEqual(signalOf("all", { ...small, notional: 1 }).pass, true);
});
