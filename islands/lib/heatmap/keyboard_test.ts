import { strictEqual } from "node:assert/strict";
import { SHORTCUTS } from "./keyboard.ts";

Deno.test("no two shortcuts of the heatmap share a key", () => {
  const keys = SHORTCUTS.flatMap((shortcut) => shortcut.keys);
  strictEqual(new Set(keys).size, keys.length);
});
