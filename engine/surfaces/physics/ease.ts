/**
 * How easily price moves through a place, 0 (blocked) to 1.
 *
 * @param vacuum Vacuum score, 0 to 1.
 * @param erosion Normalised erosion, 0 to 1.
 * @param wall Normalised strength of the wall, 0 to 1.
 */
export function ease(vacuum: number, erosion: number, wall: number): number {
  return 0.5 * vacuum + 0.35 * erosion + 0.15 * (1 - wall);
}
