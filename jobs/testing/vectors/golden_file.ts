import { gunzipSync } from "node:zlib";

/** A document of golden numbers; which fields it has says what it holds. */
export type GoldenDocument = Readonly<Record<string, unknown>>;

/** Reads a JSON document, gzip or not. @throws {SyntaxError} When it is no JSON. */
export function readGolden(path: string): GoldenDocument {
  const bytes = Deno.readFileSync(path);
  const text = path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
  return JSON.parse(new TextDecoder().decode(text)) as GoldenDocument;
}

/** Whether a document names the columns of a table. */
export function hasColumns({ columns }: GoldenDocument, table: string): boolean {
  return typeof columns === "object" && columns !== null && table in columns;
}
