import { EMBEDDED_MARKET, stampWord } from "../../../modules/kit/mod.ts";
import type { AnyRecord, StoredRow } from "../../../modules/tape/mod.ts";

/** File forms of a page. */
export type ExportFormat = "csv" | "ndjson";

/** Column of a CSV, and with `x-` the header of every file, that says where rows come from. */
const STAMP = "provenance";
const TAPE_STAMP = `${stampWord(EMBEDDED_MARKET)} · ${EMBEDDED_MARKET.source}`;

/** A spreadsheet runs a cell that begins like this; a quote in front makes it text. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  let text = typeof value === "string" ? value : JSON.stringify(value);
  if (FORMULA.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Rows as CSV (RFC 4180): a header, one line a row, lists and objects as JSON text in a cell.
 *
 * @param stamp Where the rows come from, for a last column `provenance`; null leaves it out.
 */
export function toCsv(rows: readonly AnyRecord[], stamp: string | null = null): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const [heads, cells] = stamp === null ? [columns, []] : [[...columns, STAMP], [cell(stamp)]];
  const lines = rows.map((row) => {
    const values = new Map<string, unknown>(Object.entries(row));
    return [...columns.map((column) => cell(values.get(column))), ...cells].join(",");
  });
  return [heads.join(","), ...lines].map((line) => `${line}\r\n`).join("");
}

/** A page as a file to keep. `next` stands in the header `x-next-before`. */
export function exportResponse(
  format: ExportFormat,
  name: string,
  rows: readonly StoredRow[],
  next: { readonly ts: number; readonly seq: number } | null,
): Response {
  const text = format === "csv"
    ? toCsv(rows.map(({ record }) => record), TAPE_STAMP)
    : rows.map(({ json }) => `${json}\n`).join("");
  const type = format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8";
  return new Response(text, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}.${format}"`,
      // A header is Latin-1, which has the middle dot.
      [`x-${STAMP}`]: TAPE_STAMP,
      "cache-control": "no-store",
      ...(next !== null && { "x-next-before": `${next.ts},${next.seq}` }),
    },
  });
}
