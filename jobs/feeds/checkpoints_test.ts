import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { Checkpoints } from "./checkpoints.ts";

const MINUTE_NS = 60e9;

function filled(minutes: number): Checkpoints<number> {
  const kept = new Checkpoints<number>();
  for (let m = 0; m <= minutes; m++) {
    const atNs = m * MINUTE_NS;
    if (kept.wants(atNs)) kept.add({ atNs, position: m, state: m });
  }
  return kept;
}

Deno.test("Checkpoints stay bounded over a month and evenly spread", () => {
  const kept = filled(30 * 24 * 60);
  ok(kept.size <= 48 && kept.size >= 24, `${kept.size}`);
  const spacing = 2 ** Math.ceil(Math.log2(30 * 24 * 60 / 48)) * 2;
  for (let m = spacing; m <= 30 * 24 * 60; m += 997) {
    const found = kept.before(m * MINUTE_NS);
    ok(found !== null && found.atNs <= m * MINUTE_NS);
    ok(m - found.position <= spacing, `${m}: ${found.position}`);
  }
});

Deno.test("Checkpoints.before() takes the newest one at or before a time", () => {
  const kept = filled(10);
  strictEqual(kept.before(-1), null);
  strictEqual(kept.before(0)?.state, 0);
  strictEqual(kept.before(5 * MINUTE_NS)?.state, 5);
  strictEqual(kept.before(5 * MINUTE_NS + 1)?.state, 5);
  strictEqual(kept.before(Infinity)?.state, 10);
  deepStrictEqual([kept.first(-1), kept.first(9 * MINUTE_NS)?.state], [null, 0]);
  kept.clear();
  deepStrictEqual([kept.size, kept.before(Infinity)], [0, null]);
});

Deno.test("Checkpoints.wants() refuses what lies before the newest, as after a seek back", () => {
  const kept = filled(10);
  ok(!kept.wants(3 * MINUTE_NS));
  ok(!kept.wants(10.5 * MINUTE_NS));
  ok(kept.wants(11 * MINUTE_NS));
});
