import { type ColumnValue } from "./column_types.ts";
import { type Frame, valueAt } from "./frame.ts";
import type { Column, Layout } from "./layout.ts";

/** What a bin's forecast has once. */
export const FORECAST_HEADER = [
  {
    name: "sigma_ticks",
    type: "f64",
    unit: "ticks/√s",
    meaning: "Expected deviation of the mid over a second, 0 before the first move",
  },
  {
    name: "lean",
    type: "f64",
    unit: "",
    meaning: "Blend of the directional signals held to −1 down to +1 up, 0 before it is warm",
  },
  { name: "lean_is_warm", type: "bool", unit: "", meaning: "All directional signals are warm" },
] as const satisfies readonly Column[];

/** What it has per horizon. Counts are of this run, from its first bin on. */
export const FORECAST_COLUMNS = [
  { name: "horizon_ms", type: "i32", unit: "ms", meaning: "Time ahead of the bin's end" },
  {
    name: "half_50_ticks",
    type: "f64",
    unit: "ticks",
    meaning: "Half-width around the mid that is to hold 50 % of the outcomes; none below a second",
    nullable: true,
  },
  {
    name: "half_80_ticks",
    type: "f64",
    unit: "ticks",
    meaning: "The same for 80 % of the outcomes",
    nullable: true,
  },
  { name: "scored", type: "i53", unit: "", meaning: "Intervals whose outcome is known" },
  { name: "held_50", type: "i53", unit: "", meaning: "Of these, held by the 50 % interval" },
  { name: "held_80", type: "i53", unit: "", meaning: "Of these, held by the 80 % interval" },
  {
    name: "p_same",
    type: "f64",
    unit: "",
    meaning: "Probability that the mid is the same then, 0 to 1",
  },
  { name: "same_n", type: "i53", unit: "", meaning: "Outcomes behind that probability" },
  {
    name: "lean_n",
    type: "i53",
    unit: "",
    meaning: "Outcomes in which the mid moved and the lean pointed somewhere",
  },
  { name: "lean_hits", type: "i53", unit: "", meaning: "Of these, the mid went there" },
  { name: "lean_ups", type: "i53", unit: "", meaning: "Of these, the mid went up" },
] as const satisfies readonly Column[];

/** Place of a column in {@link FORECAST_COLUMNS}. */
export const FORECAST = {
  HORIZON_MS: 0,
  HALF_50: 1,
  HALF_80: 2,
  SCORED: 3,
  HELD_50: 4,
  HELD_80: 5,
  P_SAME: 6,
  SAME_N: 7,
  LEAN_N: 8,
  LEAN_HITS: 9,
  LEAN_UPS: 10,
} as const;

/** What is forecast at the end of each bin, beside its window. @param horizons Rows. */
export function forecastLayout(horizons: number): Layout {
  return {
    name: "pressure.forecast",
    version: 1,
    header: FORECAST_HEADER,
    columns: FORECAST_COLUMNS,
    rows: horizons,
  };
}

/** A value per name of the header, and a list with a value or null per row for each column. */
export type ForecastJson = Readonly<
  Record<string, ColumnValue | readonly (ColumnValue | null)[]>
>;

/** A forecast as it travels with its bin's header. */
export function forecastJson({ header, columns, valid }: Frame): ForecastJson {
  const json: Record<string, ColumnValue | (ColumnValue | null)[]> = {};
  FORECAST_HEADER.forEach((column, i) => {
    json[column.name] = valueAt(column, header[i]!, null, 0) ?? 0;
  });
  FORECAST_COLUMNS.forEach((column, i) => {
    const values = columns[i]!;
    json[column.name] = Array.from(
      { length: values.length },
      (_, row) => valueAt(column, values, valid[i] ?? null, row),
    );
  });
  return json;
}
