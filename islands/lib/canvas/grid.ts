/** What a position of a grid holds, the worse the greater. */
export const GRID = {
  /** Values, or nothing that would have to be said. */
  SOUND: 0,
  /** Values or none, and what there is cannot be trusted; dimmed under a hatch. */
  SUSPECT: 1,
  /** It is missing; drawn as a hatch. */
  GAP: 2,
} as const;
export type GridKind = (typeof GRID)[keyof typeof GRID];

/**
 * Values over time and levels: all that it takes to be drawn as a heatmap. A *position* counts steps of
 * time and never repeats; every position has the same number of rows, one level each, and may lie at
 * other levels than the position before.
 */
export interface Grid {
  /** Oldest position kept. */
  readonly first: number;
  /** Newest position; less than {@link first} when there is none. */
  readonly last: number;
  readonly rows: number;
  /** What a position holds. Only asked of positions from {@link first} to {@link last}. */
  kind(position: number): GridKind;
  /** Level of row 0, an integer; NaN when the position has no values. */
  anchor(position: number): number;
  /** Value of a cell; NaN where there is none. Only asked where {@link anchor} is not NaN. */
  value(position: number, row: number): number;
}
