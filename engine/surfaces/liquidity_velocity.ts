/**
 * Contracts that a place gained in a window, less those it lost, as a share of what it began with (plus one, so
 * that an empty place has a velocity too). Above −1, since no place can lose more than it had and gained.
 *
 * @param start Resting when the window began, contracts; the flows likewise.
 * @returns Ratio per window: positive where liquidity builds, negative where it erodes.
 */
export function liquidityVelocity(
  start: number,
  add: number,
  pull: number,
  fill: number,
): number {
  const scale = start + 1;
  return add / scale - pull / scale - fill / scale;
}
