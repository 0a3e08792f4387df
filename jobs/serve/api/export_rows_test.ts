import { deepStrictEqual, strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { SAMPLE_START_MS, sampleRecord } from "../../testing/tape_records.ts";
import { toCsv } from "./export_rows.ts";

/** Cells of CSV text, by RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (
    const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)
  ) {
    row.push(quoted === undefined ? plain ?? "" : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

Deno.test("toCsv() writes any text so that it reads back, and none as a formula", () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('a"b', "a,b", "a\r\nb", "=1+1", "@x", "-2"));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (venues) => {
      const rows = venues.map((exchange, i) => ({
        ...sampleRecord("equities", SAMPLE_START_MS, i),
        exchange,
      }));
      const [header = [], ...cells] = parseCsv(toCsv(rows));
      const column = header.indexOf("exchange");
      deepStrictEqual(
        cells.map((row) => row[column]),
        venues.map((venue) => /^[=+\-@\t\r]/.test(venue) ? `'${venue}` : venue),
      );
      deepStrictEqual(
        cells.map((row) => row[header.indexOf("seq")]),
        rows.map((_, i) => String(i)),
      );
    }),
    { seed: 5, numRuns: 200 },
  );
  strictEqual(toCsv([]), "\r\n");
});

Deno.test("toCsv() has a column for every field of any row", () => {
  const rows = [
    sampleRecord("alerts", SAMPLE_START_MS, 1),
    sampleRecord("alerts", SAMPLE_START_MS, 2),
  ];
  const [header = [], first = [], second = []] = parseCsv(toCsv(rows));
  const column = header.indexOf("primary_profile_id");
  deepStrictEqual([first[column], second[column]], ["", rows[1]?.primary_profile_id]);
  deepStrictEqual(JSON.parse(first[header.indexOf("hits")] ?? ""), rows[0]?.hits);
});
