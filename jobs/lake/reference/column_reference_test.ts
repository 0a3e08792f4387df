import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { type Layout, withFamilies } from "../../../engine/frames/mod.ts";
import { contractName } from "../parquet/mod.ts";
import { columnReference } from "./column_reference.ts";
import { STORED_LAYOUTS } from "./stored_layouts.ts";

const DOCUMENT = join(import.meta.dirname ?? ".", "../../../docs/columns.md");

/** Every contract that there ever was, by name and version. */
const CONTRACTS = join(import.meta.dirname ?? ".", "../../../fixtures/contracts.json");

Deno.test("docs/columns.md is what `lotus columns` makes", async () => {
  strictEqual(await Deno.readTextFile(DOCUMENT), columnReference());
});

Deno.test("columnReference() tells name, unit and meaning of every stored column", () => {
  const lines = columnReference().split("\n");
  const stored = STORED_LAYOUTS.filter(({ rows }) => rows === "many");
  ok(stored.length > 1);
  for (const { name, unit, meaning } of stored.flatMap(({ columns }) => withFamilies(columns))) {
    const told = lines.some((line) =>
      line.startsWith(`| \`${name}\` `) && line.includes(unit) &&
      line.includes(meaning.replaceAll("|", "\\|"))
    );
    ok(told, name);
  }
});

Deno.test("a layout that changes gets a version: its contract is the one on record", async () => {
  const known: Record<string, string> = JSON.parse(await Deno.readTextFile(CONTRACTS));
  for (const layout of STORED_LAYOUTS) {
    const [key = "", hash] = contractName(layout).split(":");
    strictEqual(
      hash,
      known[key],
      `${key} is not what it was: raise the layout's version and add the line to fixtures/contracts.json`,
    );
  }
});

const TOY: Layout = {
  name: "toy.rows",
  version: 1,
  header: [{ name: "ts_ns", type: "i64", unit: "ns", meaning: "Time" }],
  columns: [{ name: "size", type: "i53", unit: "shares", meaning: "Size" }],
  rows: "many",
};

const CHANGES: readonly (readonly [string, boolean, Layout])[] = [
  ["the name", true, { ...TOY, name: "toy.other" }],
  ["the version", true, { ...TOY, version: 2 }],
  ["a column's type", true, { ...TOY, columns: [{ ...TOY.columns[0]!, type: "f64" }] }],
  ["a column's unit", true, { ...TOY, columns: [{ ...TOY.columns[0]!, unit: "lots" }] }],
  ["nullability", true, { ...TOY, columns: [{ ...TOY.columns[0]!, nullable: true }] }],
  ["the header", true, { ...TOY, header: [] }],
  ["the way it is kept in memory", false, {
    ...TOY,
    columns: [{ ...TOY.columns[0]!, type: "i64" }],
  }],
  ["the number of rows", false, { ...TOY, rows: 3 }],
  ["a meaning", false, { ...TOY, columns: [{ ...TOY.columns[0]!, meaning: "Size of it" }] }],
];

for (const [what, isOther, changed] of CHANGES) {
  Deno.test(`contractName() is ${isOther ? "another" : "the same"} when ${what} changes`, () => {
    deepStrictEqual(contractName(changed) !== contractName(TOY), isOther);
  });
}
