import { FORECAST_COLUMNS, FORECAST_HEADER } from "../../../engine/frames/contract.ts";
import { WireError } from "./wire_error.ts";

/**
 * Reads the forecast that travels with a bin's header.
 *
 * @returns The header's values, then the columns one after the other, each with a value per horizon and
 *   NaN where it has none; null when the stream carries no forecast.
 * @throws {WireError} When a field is missing, of another length, or no number.
 */
export function readForecast(value: unknown): Float64Array | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "object") throw new WireError("forecast", "an object", value);
  const from = value as Readonly<Record<string, unknown>>;
  const [first] = FORECAST_COLUMNS;
  const horizons = from[first.name];
  if (!Array.isArray(horizons)) throw new WireError(first.name, "a list", horizons);
  const rows = horizons.length;
  const values = new Float64Array(FORECAST_HEADER.length + FORECAST_COLUMNS.length * rows);
  let at = 0;
  for (const { name, type } of FORECAST_HEADER) {
    const found = from[name];
    values[at++] = type === "bool" ? Number(found === true) : numberIn(name, found, false);
  }
  for (const column of FORECAST_COLUMNS) {
    const list = from[column.name];
    if (!Array.isArray(list) || list.length !== rows) {
      throw new WireError(column.name, `a list of ${rows}`, list);
    }
    for (const item of list) values[at++] = numberIn(column.name, item, "nullable" in column);
  }
  return values;
}

function numberIn(name: string, value: unknown, isNullable: boolean): number {
  if (value === null && isNullable) return NaN;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new WireError(name, "a finite number", value);
}
