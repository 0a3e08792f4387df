import { deepStrictEqual } from "node:assert/strict";
import { unusedExports } from "./exports.ts";
import { isTest, sources } from "./sources.ts";

/** Files whose exports a framework or a command line takes by their names. */
const BY_CONVENTION = /^(routes\/|islands\/[\w.]+$|fresh\/|main\.ts|config\.ts|jobs\/house\/lint_)/;

Deno.test("no exported name is one that nobody uses", () => {
  const found = unusedExports(sources()).filter((place) => {
    const path = place.split(":")[0] ?? "";
    return !BY_CONVENTION.test(path) && !isTest(path);
  });
  deepStrictEqual(found, []);
});

Deno.test("unusedExports() follows names through public faces", () => {
  const found = unusedExports([
    {
      path: "a/a.ts",
      text: "export const used = 1;\nexport const dead = 2;\nexport interface Own {}\n" +
        "export type Lost = 1;\nlet x: Own;",
    },
    { path: "a/mod.ts", text: 'export { used, dead as gone, type Own } from "./a.ts";' },
    { path: "b/b.ts", text: 'import { used as mine } from "../a/mod.ts";' },
  ]);
  deepStrictEqual(found, ["a/a.ts: Lost", "a/a.ts: dead", "a/mod.ts: gone"]);
});
