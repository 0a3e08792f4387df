import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { parquetRows } from "../../testing/parquet_rows.ts";
import { csvOf, parquetOf, type ResultTable } from "./export_tables.ts";

const TABLE: ResultTable = {
  columns: ["signal", "threshold", "on", "p_direction"],
  rows: [["edge", 0.1, true, null], ['a "quoted", one', 1e-9, false, 0.25]],
};

Deno.test("csvOf() quotes what needs it and leaves an empty field for none", () => {
  strictEqual(
    csvOf(TABLE),
    'signal,threshold,on,p_direction\nedge,0.1,true,\n"a ""quoted"", one",1e-9,false,0.25\n',
  );
});

Deno.test("parquetOf() keeps every value, and gives the same bytes each time", async () => {
  const bytes = parquetOf(TABLE);
  deepStrictEqual(parquetOf(TABLE), bytes);
  const rows = await parquetRows(bytes.buffer);
  deepStrictEqual(
    rows.map((row) => TABLE.columns.map((name) => row[name])),
    TABLE.rows.map((row) => [...row]),
  );
});

Deno.test("parquetOf() writes a table without rows", async () => {
  const bytes = parquetOf({ columns: ["bin"], rows: [] });
  ok(bytes.length > 0);
  deepStrictEqual(await parquetRows(bytes.buffer), []);
});
