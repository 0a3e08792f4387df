import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { parquetMetadata } from "hyparquet";
import { parquetRows } from "../../testing/parquet_rows.ts";
import { csvOf, parquetOf, type ResultTable } from "./export_tables.ts";

const TABLE: ResultTable = {
  columns: ["signal", "threshold", "on", "p_direction"],
  rows: [["edge", 0.1, true, null], ['a "quoted", one', 1e-9, false, 0.25]],
};

const STAMP = "REPLAY · CLX5 · 2025-09-24 · CLX5_mbo.dbn";

Deno.test("csvOf() quotes what needs it, leaves an empty field for none, and stamps every line", () => {
  strictEqual(
    csvOf(TABLE, STAMP),
    "signal,threshold,on,p_direction,provenance\n" +
      `edge,0.1,true,,${STAMP}\n"a ""quoted"", one",1e-9,false,0.25,${STAMP}\n`,
  );
});

Deno.test("parquetOf() keeps every value and the stamp, and gives the same bytes each time", async () => {
  const bytes = parquetOf(TABLE, STAMP);
  deepStrictEqual(parquetOf(TABLE, STAMP), bytes);
  const { key_value_metadata: told = [] } = parquetMetadata(bytes.buffer);
  strictEqual(told.find(({ key }) => key === "lotus.provenance")?.value, STAMP);
  const rows = await parquetRows(bytes.buffer);
  deepStrictEqual(
    rows.map((row) => TABLE.columns.map((name) => row[name])),
    TABLE.rows.map((row) => [...row]),
  );
});

Deno.test("parquetOf() writes a table without rows", async () => {
  const bytes = parquetOf({ columns: ["bin"], rows: [] }, STAMP);
  ok(bytes.length > 0);
  deepStrictEqual(await parquetRows(bytes.buffer), []);
});
