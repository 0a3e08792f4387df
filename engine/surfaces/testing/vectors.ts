import { ok } from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { BookRecord } from "../book/mod.ts";
import type { ListedOptions, SurfaceWindows } from "../windows/mod.ts";

/** ts, instrument, action, side, price, size, order id, flags. */
export type VectorEvent = readonly [
  tsNs: number,
  instrumentId: number,
  action: string,
  side: string,
  priceInt: number | null,
  size: number,
  id: number,
  flags: number,
];

const FIXTURES = `${import.meta.dirname}/../../../fixtures/surfaces`;

/** Reads a file of golden numbers, gzip or not; its README says what it holds. */
export function readVectors<T>(file: string): T {
  const bytes = Deno.readFileSync(`${FIXTURES}/${file}`);
  const text = file.endsWith(".gz") ? gunzipSync(bytes) : bytes;
  return JSON.parse(new TextDecoder().decode(text)) as T;
}

/** Gives events to the books, one by one. */
export function feed(windows: SurfaceWindows, events: readonly VectorEvent[]): void {
  const record = new BookRecord();
  for (const [ts, instrument, action, side, price, size, id, flags] of events) {
    record.tsNs = ts;
    record.priceNano = price ?? 0;
    record.action = action.charCodeAt(0);
    record.side = side.charCodeAt(0);
    record.size = size;
    record.idLow = id % 2 ** 32;
    record.idHigh = Math.floor(id / 2 ** 32);
    record.flags = flags;
    windows.takeRecord(instrument, record);
  }
}

/** A day without options. */
export const NO_OPTIONS: ListedOptions = {
  instrumentId: new Float64Array(),
  isCall: new Uint8Array(),
  strikeInt: new Float64Array(),
};

/** A value of a column: a number, a text or a truth. */
export type Cell = number | string | boolean | null;

/** Rows equal those expected: all but doubles exactly, doubles to `tolerance` of their size. */
export function checkRows(
  actual: readonly (readonly Cell[])[],
  expected: readonly (readonly Cell[])[],
  where: string,
  tolerance = 1e-12,
): void {
  const text = `${where}\n  ${JSON.stringify(actual)}\n  ${JSON.stringify(expected)}`;
  ok(actual.length === expected.length, `rows of ${text}`);
  expected.forEach((row, r) =>
    row.forEach((value, c) => {
      const found = actual[r]?.[c];
      const isSame = typeof value === "number" && typeof found === "number"
        ? Math.abs(found - value) <=
          (Number.isInteger(value) ? 0 : tolerance * Math.max(1, Math.abs(value)))
        : found === value;
      ok(isSame, `row ${r} column ${c}: ${found}, expected ${value}; ${text}`);
    })
  );
}
