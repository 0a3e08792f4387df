import { deepStrictEqual } from "node:assert/strict";
import { type ControlEntry, DEFAULT_CONTROL } from "../../engine/regime/mod.ts";
import { addedEntries } from "./added_entries.ts";

function entry(activate_at: number, shared_seed: number): ControlEntry {
  return { activate_at, snapshot: { ...DEFAULT_CONTROL, shared_seed } };
}

Deno.test("addedEntries() gives what is new, also when it takes the place of one of the same second", () => {
  const [first, second, third] = [entry(0, 1), entry(5_000, 2), entry(9_000, 3)];
  deepStrictEqual(addedEntries([first], [first, second, third]), [second, third]);
  deepStrictEqual(addedEntries([first, second], [first, second]), []);
  const instead = entry(5_000, 4);
  deepStrictEqual(addedEntries([first, second], [first, instead]), [instead]);
  deepStrictEqual(addedEntries([first, third], [first, second, third]), [], "the past stays");
  deepStrictEqual(addedEntries([], [first]), [first]);
});
