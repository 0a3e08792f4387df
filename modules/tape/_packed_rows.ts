import type { StreamName } from "../../engine/frames/mod.ts";
import { packParts, StoreError, unpack } from "../kit/mod.ts";
import { StoredRow } from "./stored_row.ts";

/**
 * First line of a value: which streams its rows are of and how many each has, in order, and the rows'
 * positions as differences to the row before. The rows' own texts follow, one a line.
 */
interface Head {
  readonly of: readonly (readonly [StreamName, number])[];
  readonly ts: readonly number[];
  readonly seq: readonly number[];
}

function differences(values: readonly number[]): number[] {
  return values.map((value, i) => value - (values[i - 1] ?? 0));
}

function textOf(rows: readonly StoredRow[]): string {
  const of: [StreamName, number][] = [];
  for (const { stream } of rows) {
    const last = of[of.length - 1];
    if (last?.[0] === stream) last[1]++;
    else of.push([stream, 1]);
  }
  const ts = differences(rows.map((row) => row.ts));
  const seq = differences(rows.map((row) => row.seq));
  const head: Head = { of, ts, seq };
  return `${JSON.stringify(head)}\n${rows.map((row) => row.json).join("\n")}`;
}

/**
 * Packs rows into as few values as fit, their texts as they are.
 *
 * @throws {StoreError} `too_large` when one row alone is larger than a value may be.
 */
export function packRows(rows: readonly StoredRow[]): Uint8Array[] {
  return packParts(rows, textOf);
}

/** The rows of a value, in order. @throws {StoreError} `damaged` when it is not what was written. */
export function unpackRows(value: unknown): StoredRow[] {
  const [first = "", ...lines] = unpack(value).split("\n");
  // The checksum held: this is what packRows wrote.
  const { of, ts, seq } = JSON.parse(first) as Head;
  const rows: StoredRow[] = [];
  let [atTs, atSeq] = [0, 0];
  for (const [stream, count] of of) {
    for (let i = 0; i < count; i++) {
      const at = rows.length;
      atTs += ts[at] ?? NaN;
      atSeq += seq[at] ?? NaN;
      rows.push(new StoredRow(stream, atTs, atSeq, lines[at] ?? ""));
    }
  }
  if (rows.length !== lines.length) {
    throw new StoreError("damaged", "Cannot read rows as their number is not the one told");
  }
  return rows;
}
