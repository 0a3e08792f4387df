/**
 * What the surfaces look like, stored and sent: names, order, types, units and meanings of every table
 * of the lake and of every stream.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { RowBatch } from "../mod.ts";
 * import { SURFACE_STREAMS, TABLES } from "./mod.ts";
 *
 * const snap = SURFACE_STREAMS.find(({ name }) => name === "snap");
 * deepEqual(snap?.defaultOf, ["velocity", "hud"]);
 *
 * const rows = new RowBatch(TABLES.NET_VELOCITY);
 * rows.extend(21);
 * rows.doubles(rows.place("liquidity_velocity")).fill(0.5);
 * deepEqual(rows.frame().columns.at(-1)?.length, 21);
 * ```
 *
 * @module
 */

export { type AssumptionNames, IV_SOURCES, type MetricNames } from "./options.ts";
export { SURFACE_STREAMS, type SurfaceEndpoint, type SurfaceStream } from "./streams.ts";
export { type TableLayout } from "./table.ts";
export { SURFACE_TABLES, TABLES } from "./tables.ts";
