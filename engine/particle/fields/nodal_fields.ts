/**
 * The medium: four fields on the nodes x_i = (i - N) * dx, i in 0..2N; x = 0 is the spot. Each array
 * has 2N + 1 values.
 */
export interface NodalFields {
  /** Energy of attraction and repulsion, ticks^2/s^2; a valley pulls. */
  readonly U: Float64Array;
  /** Current that carries the particle, ticks/s. */
  readonly C: Float64Array;
  /** Drag, 1/s, >= 0. */
  readonly G: Float64Array;
  /** Energy of obstacles, ticks^2/s^2, >= 0. */
  readonly O: Float64Array;
}

/** Returns a medium of zeros. @param N Nodes on either side of the spot. */
export function emptyFields(N: number): NodalFields {
  const zeros = () => new Float64Array(2 * N + 1);
  return { U: zeros(), C: zeros(), G: zeros(), O: zeros() };
}
