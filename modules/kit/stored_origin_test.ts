import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { STAMP_WORDS, stampWord } from "./provenance.ts";
import { originOf, StoredOrigin, storedOrigin } from "./stored_origin.ts";

Deno.test("originOf() gives back what storedOrigin() kept, of every kind", () => {
  for (const kind of STAMP_WORDS) {
    const origin = originOf({ kind, source: "market.dbn" });
    strictEqual(stampWord(origin), kind);
    deepStrictEqual(storedOrigin(origin), { kind, source: "market.dbn" });
  }
});

Deno.test("StoredOrigin takes no kind that there is not", () => {
  strictEqual(StoredOrigin.safeParse({ kind: "REAL", source: "x" }).success, false);
});
