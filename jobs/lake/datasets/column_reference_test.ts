import { ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { bucketColumns } from "./columns.ts";
import { columnReference } from "./column_reference.ts";

const DOCUMENT = join(import.meta.dirname ?? ".", "../../../docs/columns.md");

Deno.test("docs/columns.md is what `lotus columns` makes", async () => {
  strictEqual(await Deno.readTextFile(DOCUMENT), columnReference());
});

Deno.test("columnReference() tells name, unit and meaning of every stored column", () => {
  const text = columnReference();
  for (const { name, unit, meaning } of bucketColumns([])) {
    const line = text.split("\n").find((line) => line.startsWith(`| \`${name}\` `)) ?? "";
    ok(line.includes(unit) && line.includes(meaning), name);
  }
  ok(text.includes("`proj_score_h<ms>`"));
});
