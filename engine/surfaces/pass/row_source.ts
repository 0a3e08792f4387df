/** Values that a window has of a column: one per row, or one for all rows. */
export type Values = Float64Array | Int32Array | Uint8Array | number | string;

/** Where a column is read at the end of a window, and what is done to it. */
export interface ColumnSource {
  readonly of: () => Values;
  /** Divides every value. */
  readonly over?: number;
  /** Swaps 0 and 1. */
  readonly isSwapped?: true;
}

/** Rows of a window by the names of their columns. */
export interface RowSource {
  readonly count: () => number;
  readonly columns: Readonly<Record<string, ColumnSource>>;
}

/** A column that is read as it is. */
export function from(of: () => Values): ColumnSource {
  return { of };
}

/** Every column of a kept struct of arrays, under the name of its field in snake case. */
export function fieldsOf<R extends object>(read: () => R): Record<string, ColumnSource> {
  return Object.fromEntries(
    Object.keys(read()).map((
      field,
    ) => [snake(field), from(() => read()[field as keyof R] as Values)]),
  );
}

/** `d1DepthQty` is `d1_depth_qty`, `uEma32` is `u_ema_32`. */
function snake(name: string): string {
  return name
    .replace(/^uEma/, "u_ema_")
    .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
