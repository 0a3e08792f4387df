/** Least diffusion, ticks^2/s. */
const LEAST = 0.01;

/**
 * Diffusion of a price, ticks^2/s, whose moves in `dt` have this variance: half of it over the time.
 *
 * @param variance Mean square of a move, ticks^2, >= 0.
 * @param dt s, > 0.
 */
export function diffusionOf(variance: number, dt: number): number {
  return Math.max(LEAST, variance / (2 * dt));
}
