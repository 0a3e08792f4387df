import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { recordFields } from "../../../engine/dbn/record.ts";
import { SURFACE_TABLES, TABLES } from "../../../engine/frames/surfaces/mod.ts";
import { avroContract, contractSha256 } from "./avro.ts";
import { dataset, datasetRegistry, DatasetRegistryError, folderKeys } from "./dataset.ts";
import { contractDocuments } from "./documents.ts";
import { LINEAGE } from "./lineage/mod.ts";
import { LAKE, lakeDataset } from "./registry.ts";

const FOLDER = join(import.meta.dirname ?? ".", "../../../docs/contracts");

Deno.test("docs/contracts/ is what `lotus contracts` writes", () => {
  const there = [...Deno.readDirSync(FOLDER)].map(({ name }) => name).sort();
  const documents = contractDocuments();
  deepStrictEqual(there, [...documents.keys()].sort());
  for (const [name, text] of documents) {
    strictEqual(Deno.readTextFileSync(join(FOLDER, name)), text, name);
  }
});

Deno.test("avroContract() tells names, order, types and what may be null", () => {
  deepStrictEqual(JSON.parse(avroContract(TABLES.ZERO_GAMMA)), {
    namespace: "gold.future_option_mbo",
    type: "record",
    name: "zero_gamma_1s",
    fields: [
      { name: "window_end_ts_ns", type: "long" },
      { name: "zero_gamma_price_int", type: ["null", "long"] },
      { name: "zero_gamma_low_int", type: ["null", "long"] },
      { name: "zero_gamma_high_int", type: ["null", "long"] },
    ],
  });
  const types = new Set(
    JSON.parse(avroContract(TABLES.WALL_SURFACE)).fields.map(({ type }: { type: string }) => type),
  );
  deepStrictEqual(types, new Set(["long", "string", "int", "double", "boolean"]));
  strictEqual(contractSha256(TABLES.SMILE).length, 64);
  const other = { ...TABLES.SMILE, columns: TABLES.SMILE.columns.toReversed() };
  ok(contractSha256(other) !== contractSha256(TABLES.SMILE));
});

Deno.test("LAKE has every table of the surfaces", () => {
  deepStrictEqual([...LAKE.keys()], SURFACE_TABLES.map(({ name }) => name));
  throws(() => lakeDataset("silver.none"), { code: "unknown_key" });
});

Deno.test("datasetRegistry() refuses a key and a folder that are there twice", () => {
  const [first] = LAKE.values();
  ok(first);
  throws(() => datasetRegistry([first, first]), DatasetRegistryError);
  throws(() => datasetRegistry([first, { ...first, path: "other" }]), { code: "duplicate_key" });
  const other = dataset(TABLES.SMILE, first.path, "other");
  throws(() => datasetRegistry([first, other]), { code: "duplicate_path" });
});

Deno.test("no table has a column named like a folder above it, but for those of one value", () => {
  const shadowed = [...LAKE.values()].flatMap((each) =>
    each.table.columns.filter(({ name }) => folderKeys(each).includes(name))
      .map(({ name }) => `${each.key} ${name}`)
  );
  // A partition is of one future and one source: writing it checks that these columns say the same.
  deepStrictEqual(shadowed, [
    "bronze.future_option.statistics source",
    "bronze.future_mbo.mbo symbol",
    "bronze.future_option_mbo.mbo underlying",
  ]);
});

Deno.test("the catalog has an entry for every column and no other, each from columns that there are", () => {
  deepStrictEqual([...LINEAGE.keys()], [...LAKE.keys()]);
  const columns = new Set(
    SURFACE_TABLES.flatMap(({ name, columns }) =>
      columns.map((column) => `${name}.${column.name}`)
    ),
  );
  for (const record of ["mbo", "definition", "statistics"]) {
    for (const { name } of recordFields(record)) columns.add(`dbn.${record}.${name}`);
  }
  for (const [key, lineage] of LINEAGE) {
    const names = lakeDataset(key).table.columns.map(({ name }) => name);
    deepStrictEqual(Object.keys(lineage).sort(), names.toSorted(), key);
    for (const [name, { builtFrom, steps }] of Object.entries(lineage)) {
      deepStrictEqual(builtFrom.filter((column) => !columns.has(column)), [], `${key} ${name}`);
      ok(steps.length > 0 && steps.every((step) => step.endsWith(".")), `${key} ${name}`);
    }
  }
});
