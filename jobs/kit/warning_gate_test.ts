import { strictEqual } from "node:assert/strict";
import { WarningGate } from "./warning_gate.ts";

Deno.test("WarningGate passes a kind once in ten seconds and counts what it held", () => {
  const gate = new WarningGate();
  strictEqual(gate.pass("price outside: 12", 0), 0);
  strictEqual(gate.pass("price outside: 99", 1), null);
  strictEqual(gate.pass("price outside: 7", 9_999), null);
  strictEqual(gate.pass("another kind", 5_000), 0);
  strictEqual(gate.pass("price outside: 7", 10_000), 2);
  strictEqual(gate.pass("price outside: 7", 20_000), 0);
});

Deno.test("WarningGate remembers a bounded number of kinds", () => {
  const gate = new WarningGate();
  for (let i = 0; i < 1_000; i++) {
    const kind = String.fromCharCode(0x4e00 + i);
    strictEqual(gate.pass(kind, 0), 0);
  }
  strictEqual(gate.pass(String.fromCharCode(0x4e00 + 999), 1), null);
});
