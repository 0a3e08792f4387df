import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import {
  controlAt,
  type ControlEntry,
  type ControlState,
  type ControlTimeline,
  DEFAULT_CONTROL,
} from "./control.ts";
import { changedFields, controlChange } from "./control_change.ts";

function entry(activate_at: number, change: Partial<ControlState> = {}): ControlEntry {
  return { activate_at, snapshot: { ...DEFAULT_CONTROL, ...change } };
}

const START = entry(0, { shared_seed: 1 });
const SEED = entry(5_000, { shared_seed: 2 });
const WINDOW = entry(9_000, { shared_seed: 2, coverage_window_minutes: 10 });

Deno.test("controlChange() adds what is new, also in place of an entry of the same second", () => {
  const appended = controlChange([START], [START, SEED, WINDOW]);
  deepStrictEqual(appended.added, [SEED, WINDOW]);
  deepStrictEqual([appended.fromMs, appended.moves], [5_000, "market"]);
  deepStrictEqual(appended.fields, [
    { field: "shared_seed", from: 1, to: 2 },
    { field: "coverage_window_minutes", from: 20, to: 10 },
  ]);
  const instead = entry(5_000, { shared_seed: 4 });
  const replaced = controlChange([START, SEED], [START, instead]);
  deepStrictEqual([replaced.added, replaced.fromMs], [[instead], 5_000]);
});

Deno.test("controlChange() tells a change of the schedule from one of the market", () => {
  const { fromMs, moves } = controlChange([START, SEED], [START, SEED, WINDOW]);
  deepStrictEqual([fromMs, moves], [9_000, "schedule"]);
});

Deno.test("controlChange() finds nothing in a state that was only stamped again", () => {
  const again = entry(9_000, { shared_seed: 2, updated_at: 77, updated_by: "somebody" });
  for (const next of [[START, SEED], [START, SEED, again]]) {
    const { fromMs, fields, moves } = controlChange([START, SEED], next);
    deepStrictEqual([fromMs, fields, moves], [Infinity, [], "nothing"]);
  }
});

Deno.test("controlChange() says that no addition helps where an entry is gone or comes between", () => {
  strictEqual(controlChange([START, WINDOW], [START]).added, null);
  const between = controlChange([START, WINDOW], [START, SEED, WINDOW]);
  deepStrictEqual([between.added, between.fromMs], [null, 5_000]);
});

Deno.test("controlChange() takes a timeline that has dropped its past as the same one", () => {
  const { added, fromMs } = controlChange([START, SEED], [SEED, WINDOW]);
  deepStrictEqual([added, fromMs], [[WINDOW], 9_000]);
  const other = entry(5_000, { shared_seed: 3 });
  deepStrictEqual(controlChange([START], [other]).fromMs, -Infinity);
});

const timelines: fc.Arbitrary<ControlTimeline> = fc.array(
  fc.record({ gap: fc.integer({ min: 1, max: 3 }), seed: fc.nat(2), assist: fc.boolean() }),
  { minLength: 1, maxLength: 6 },
).map((steps) => {
  let at = 0;
  return steps.map(({ gap, seed, assist }) =>
    entry(at += gap, { shared_seed: seed, coverage_assist: assist })
  );
});

Deno.test("controlChange() is right about every instant", () => {
  fc.assert(
    fc.property(timelines, timelines, fc.nat(6), (other, tail, keep) => {
      const known = other.slice(0, Math.max(1, keep));
      const last = known.at(-1)?.activate_at ?? 0;
      const next = keep % 2 === 0
        ? tail
        : [...known, ...tail.map((e) => ({ ...e, activate_at: e.activate_at + last }))];
      const { fromMs, fields, added, moves } = controlChange(known, next);
      const seen = new Set<string>();
      // A timeline that begins within the other one has dropped its past, which nobody asks for again.
      const fromEntry = known.findIndex((e) =>
        e.activate_at === next[0]?.activate_at &&
        changedFields(e.snapshot, next[0].snapshot).length === 0
      );
      const kept = fromEntry > 0 ? known.slice(fromEntry) : known;
      for (let t = -1; t <= 60; t++) {
        const changes = changedFields(controlAt(kept, t), controlAt(next, t));
        if (t < fromMs) deepStrictEqual(changes, [], `at ${t}`);
        else if (t === fromMs) ok(changes.length > 0);
        for (const { field } of changes) seen.add(field);
      }
      deepStrictEqual([...seen].sort(), fields.map(({ field }) => field).sort());
      strictEqual(moves === "market", seen.has("shared_seed"));
      if (added === null) return;
      const grown = [...kept, ...added];
      for (let t = -1; t <= 60; t++) {
        deepStrictEqual(changedFields(controlAt(grown, t), controlAt(next, t)), [], `at ${t}`);
      }
    }),
    { seed: 20_261_129, numRuns: 500 },
  );
});
