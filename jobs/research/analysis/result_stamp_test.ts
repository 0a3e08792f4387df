import { strictEqual } from "node:assert/strict";
import { resultProvenance, resultStamp } from "./result_stamp.ts";

const RESULT = {
  input: { name: "clx5", sha256: "00" },
  config: { symbol: "CLX5" },
  dt: "2025-09-24",
};

Deno.test("resultStamp() names kind, instrument, date and source of the input", () => {
  const provenance = { kind: "REPLAY", source: "CLX5_mbo.dbn" } as const;
  strictEqual(
    resultStamp({ ...RESULT, input: { ...RESULT.input, provenance } }),
    "REPLAY · CLX5 · 2025-09-24 · CLX5_mbo.dbn",
  );
});

Deno.test("resultStamp() says of an older result that the kind of its input was not recorded", () => {
  strictEqual(resultProvenance(RESULT), null);
  strictEqual(resultStamp(RESULT), "input kind not recorded · CLX5 · 2025-09-24 · clx5");
});
