/**
 * A column rotated by half its length: a placebo of a feature. It keeps its own ways and loses all that
 * it knows of the price, so what a forecast of it scores is luck.
 */
export function placebo(column: ArrayLike<number>): Float64Array {
  const half = column.length >> 1;
  return Float64Array.from(column, (_, i) => column[(i + half) % column.length]!);
}
