import { TABLES } from "../../../../engine/frames/surfaces/mod.ts";

/** Where the values of a column come from. */
export interface Lineage {
  /** Columns by the keys of their tables, or fields of a file's records: `dbn.mbo.price`. */
  readonly builtFrom: readonly string[];
  /** What is done with them, a sentence each. */
  readonly steps: readonly string[];
}

/** Lineage of a table by the names of its columns. */
export type TableLineage = Readonly<Record<string, Lineage>>;

/** Short names of the tables that others are made of. */
const SHORT: Readonly<Record<string, string>> = {
  mbo: TABLES.FUTURE_MBO.name,
  omb: TABLES.OPTION_MBO.name,
  defs: TABLES.DEFINITIONS.name,
  stat: TABLES.STATISTICS.name,
  oi: TABLES.STATISTICS_CLEAN.name,
  snap: TABLES.FUTURE_SNAPSHOT.name,
  flow: TABLES.FUTURE_DEPTH_FLOW.name,
  wall: TABLES.WALL_SURFACE.name,
  vac: TABLES.VACUUM_SURFACE.name,
  stats: TABLES.WINDOW_STATS.name,
  osnap: TABLES.OPTION_SNAPSHOT.name,
  oflow: TABLES.OPTION_DEPTH_FLOW.name,
  owall: TABLES.OPTION_WALL.name,
  gex: TABLES.GEX_SURFACE.name,
  gflow: TABLES.GEX_FLOW.name,
  greeks: TABLES.GREEKS.name,
  cal: TABLES.CALIBRATION.name,
  fvel: TABLES.FUTURE_VELOCITY.name,
  fields: TABLES.PHYSICS_FIELDS.name,
  ovel: TABLES.OPTION_VELOCITY.name,
  sum: TABLES.GEX_SUMMARY.name,
};

/**
 * A lineage.
 *
 * @param columns Separated by blanks, each with the short name of its table in front: `mbo.price`.
 * @param steps Sentences.
 */
export function from(columns: string, ...steps: readonly string[]): Lineage {
  const builtFrom = columns.split(" ").filter((column) => column !== "").map((column) => {
    const dot = column.indexOf(".");
    const table = SHORT[column.slice(0, dot)];
    return table === undefined ? column : `${table}${column.slice(dot)}`;
  });
  return { builtFrom, steps };
}

/** A column that is taken over. */
export function same(column: string): Lineage {
  return from(column, "Taken as it is.");
}

/** First to third differences of a column, named after it. */
export function differencesOf(name: string, column: string): TableLineage {
  const table = column.slice(0, column.indexOf(".") + 1);
  return {
    [`d1_${name}`]: from(
      column,
      "Less the value of the same price one window earlier.",
      "0 where that window had none.",
    ),
    [`d2_${name}`]: from(`${table}d1_${name}`, "Difference of the first difference, likewise."),
    [`d3_${name}`]: from(`${table}d2_${name}`, "Difference of the second difference, likewise."),
  };
}

/** Start and end of a window. */
export function windowOf(time: string): TableLineage {
  const floor = "Whole seconds of the exchange time, rounded down.";
  return {
    window_start_ts_ns: from(time, floor),
    window_end_ts_ns: from(time, floor, "Plus one second."),
  };
}
