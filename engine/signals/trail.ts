/**
 * Value of a trail at a fractional column, on the line between its two neighbours; NaN outside the
 * trail or when a neighbour it needs is NaN. A whole column needs no neighbour.
 *
 * @param trail One value per column, oldest first; NaN where there is none.
 */
export function sampleTrail(trail: ArrayLike<number>, at: number): number {
  if (!(at >= 0 && at <= trail.length - 1)) return NaN;
  const left = Math.floor(at);
  const value = trail[left]!;
  return at === left ? value : value + (trail[left + 1]! - value) * (at - left);
}
