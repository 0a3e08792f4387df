/** Sizes that traders think in, the largest first, and the share of prints from each size on that keep to one. */
const UNITS: readonly (readonly [unit: number, fromLots: number, share: number])[] = [
  [100, 100, 0.12],
  [50, 50, 0.05],
  [25, 25, 0.08],
  [10, 10, 0.18],
  [5, 10, 0.1],
];

/**
 * The size that a trader of `lots` contracts shows: often a round one, never more. Shares are judged by the
 * clustering that X6d asks for.
 *
 * @param lots ≥ 1. @param u Uniform in [0, 1).
 */
export function roundLots(lots: number, u: number): number {
  let left = u;
  for (let i = 0; i < UNITS.length; i++) {
    const row = UNITS[i];
    if (row === undefined) break;
    const [unit, fromLots, share] = row;
    if (lots < fromLots) continue;
    left -= share;
    if (left < 0) return lots - lots % unit;
  }
  return lots;
}
