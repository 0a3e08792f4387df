import { NO_PRICE, NO_TIME } from "./_field.ts";
import { DbnError } from "./error.ts";
import type { RecordView } from "./record_view.ts";

const NO_PRICE_INT = BigInt(NO_PRICE);
const NO_TIME_NS = BigInt(NO_TIME);

/** @throws {RangeError} When a record is of another type. */
export function checkRecord(view: RecordView, record: string): void {
  if (view.record === record) return;
  throw new RangeError(`Cannot read a ${view.record} record as one of type "${record}"`);
}

/** A time; null for the format's "no time". */
export function timeOf(view: RecordView, name: string): bigint | null {
  const value = BigInt(view.get(name));
  return value === NO_TIME_NS ? null : value;
}

/**
 * A 64-bit price or quantity; null for the format's "none".
 *
 * @throws {DbnError} `field` when a double does not hold it exactly.
 */
export function exactOf(view: RecordView, name: string): number | null {
  const value = BigInt(view.get(name));
  if (value === NO_PRICE_INT) return null;
  const exact = Number(value);
  if (Number.isSafeInteger(exact)) return exact;
  throw new DbnError("field", `Cannot read field "${name}" as it exceeds 2^53: ${value}`, {
    byteOffset: 0,
    recordIndex: view.index,
  });
}

/** A number. */
export function numberOf(view: RecordView, name: string): number {
  return Number(view.get(name));
}

/** A text. */
export function textOf(view: RecordView, name: string): string {
  return String(view.get(name));
}

/** A time as it is written. */
export function timeField(timeNs: bigint | null): string {
  return timeNs === null ? NO_TIME : timeNs.toString();
}

/** A price or quantity as it is written. */
export function exactField(value: number | null): string | number {
  return value === null ? NO_PRICE : value;
}
