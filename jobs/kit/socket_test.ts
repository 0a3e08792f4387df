import { ok, strictEqual } from "node:assert/strict";
import { closeReason } from "./socket.ts";

Deno.test("closeReason() fits a close frame on a character boundary", () => {
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  strictEqual(closeReason("short"), "short");
  for (const [letter, width] of [["a", 1], ["ü", 2], ["深", 3], ["𝒳", 4]] as const) {
    for (let pad = 0; pad < 4; pad++) {
      const text = "x".repeat(pad) + letter.repeat(200);
      const cut = closeReason(text);
      ok(bytes(cut) <= 123 && bytes(cut) > 123 - width, `${letter} ${bytes(cut)}`);
      ok(text.startsWith(cut) && cut.isWellFormed());
    }
  }
});
