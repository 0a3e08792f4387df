/** Steps of the time axis in ms. */
const TIME_STEPS_MS = [
  100,
  200,
  500,
  1_000,
  2_000,
  5_000,
  10_000,
  15_000,
  30_000,
  60_000,
  120_000,
  300_000,
  600_000,
  900_000,
  1_800_000,
  3_600_000,
] as const;

/** Steps of levels that are rows: 1, 2, 5 times powers of ten and the quarter steps of tick prices. */
const ROW_STEPS = [1, 2, 4, 5, 10, 20, 40, 50, 100, 200, 400, 500, 1_000, 2_000, 5_000] as const;

/** Returns the smallest step, in ms, whose labels are at least `gapPx` apart. */
export function timeStepMs(msPerPx: number, gapPx: number): number {
  return TIME_STEPS_MS.find((step) => step >= msPerPx * gapPx) ?? TIME_STEPS_MS.at(-1)!;
}

/** Returns the smallest step, in rows, whose labels are at least `gapPx` apart. */
export function rowStep(rowPx: number, gapPx: number): number {
  return ROW_STEPS.find((step) => step * rowPx >= gapPx) ?? ROW_STEPS.at(-1)!;
}

/** Returns the smallest of 1, 2, 5 times a power of ten that is at least `value`; 1 when not > 0. */
export function niceCeiling(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = value / power;
  return (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10) * power;
}

/** Returns the multiples of `step` from `low` up to `high`. */
export function multiples(step: number, low: number, high: number): readonly number[] {
  const first = Math.ceil(low / step);
  const count = Math.max(0, Math.floor(high / step) - first + 1);
  return Array.from({ length: count }, (_, i) => (first + i) * step);
}
