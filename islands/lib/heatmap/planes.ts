import {
  ENG,
  ENGINE_COLUMNS,
  projectionColumns,
  SCORE_COLUMN,
  STATE_COLUMN,
} from "../../../engine/frames/contract.ts";

/** Plane of the column store for each value of a cell; the engine columns keep their own order. */
export const PLANE = {
  ...ENG,
  SCORE: ENGINE_COLUMNS.length,
  STATE: ENGINE_COLUMNS.length + 1,
  /** First of the projected scores, in horizon order. */
  PROJECTION: ENGINE_COLUMNS.length + 2,
} as const;

/** Returns the Arrow column name of every plane, in plane order. */
export function planeNames(horizonsMs: readonly number[]): readonly string[] {
  const planes = [...ENGINE_COLUMNS, SCORE_COLUMN, STATE_COLUMN, ...projectionColumns(horizonsMs)];
  return planes.map(({ name }) => name);
}
