import { ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { extend, mix, prefix, tag, toUnit, u01, z01 } from "./hash.ts";

Deno.test("tag, mix, u01 and z01 give the golden numbers", () => {
  strictEqual(tag("regime"), 739688922);
  strictEqual(tag("focus"), 337658899);
  strictEqual(tag("event"), 4264611999);
  strictEqual(tag("balanced_demo"), 2621940073);
  strictEqual(tag("SPY"), 1478221309);
  strictEqual(tag("AAPL"), 1489842955);
  strictEqual(tag("NVDA"), 2591302102);
  strictEqual(mix(0), 3557640584);
  strictEqual(mix(11), 1413430794);
  strictEqual(mix(11, 20260114), 2740809035);
  strictEqual(mix(11, tag("regime")), 2747418939);
  strictEqual(mix(11, 20260114, 0), 965409389);
  strictEqual(mix(11, tag("regime"), 20260114, 0), 1993461513);
  strictEqual(mix(11, tag("regime"), tag("balanced_demo"), 202601140, 0, 1), 1665918947);
  // A uniform is a multiple of 2^-32, so of the published pair this one is the uniform.
  strictEqual(u01(1, 2, 3), 0.24880667123943567);
  ok(Math.abs(z01(1, 2, 3) - 0.494447354227252) < 1e-15);
  strictEqual(u01(11, tag("focus"), 20260114, 3), 0.8472779304720461);
  strictEqual(
    u01(11, tag("regime"), tag("balanced_demo"), 202601140, 0, 1),
    0.3878769807051867,
  );
});

Deno.test("a hash continued from a prefix equals the hash of the whole list", () => {
  fc.assert(fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 8 }), (parts) => {
    const last = parts[parts.length - 1] ?? 0;
    strictEqual(toUnit(extend(prefix(...parts.slice(0, -1)), last)), u01(...parts));
  }));
});
