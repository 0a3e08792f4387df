import type { NaiveBounds, NaiveLevel } from "./_naive_levels.ts";

const RANGES = [[1, 2], [3, 5], [6, 14], [15, 20]] as const;

/** The row of bands as its formulas read: a filter and a mean per direction, band and value. */
export function naiveBands(levels: readonly NaiveLevel[], bounds: NaiveBounds): readonly number[] {
  const share = (name: string, value: number): number => {
    const [q05, q95] = bounds[name]!;
    return Math.min(1, Math.max(0, (value - q05) / (q95 - q05)));
  };
  const groups = [1, -1].map((direction) =>
    RANGES.map(([nearest, farthest]) => {
      const rows = levels.filter(({ isAsk, relTicks }) =>
        isAsk === (direction === 1) && direction * relTicks >= nearest &&
        direction * relTicks <= farthest
      );
      if (rows.length === 0) return [0, 0, 0] as const;
      const mean = (name: string) =>
        rows.reduce((sum, { values }) => sum + values[name]!, 0) / rows.length;
      return [
        share("wall_strength_log", mean("wallStrengthLog")),
        share("log1p_erosion_norm", mean("log1pErosionNorm")),
        mean("vacuumScore"),
      ] as const;
    })
  );
  const [above, below] = groups.map((bands) => {
    const [at, near] = bands.map(([wall, erosion, vacuum]) =>
      0.5 * vacuum + 0.35 * erosion + 0.15 * (1 - wall)
    );
    return 0.6 * at! + 0.4 * near!;
  });
  return [...groups.flat(2), above!, below!, (above! + below!) / 2];
}
