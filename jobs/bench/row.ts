/** What must be reached: at least or at most a value in the row's unit. */
export interface Reach {
  readonly bound: "at least" | "at most";
  readonly value: number;
}

/** One measured claim. */
export interface BenchRow {
  /** Name for `--only`; rows of one measurement share it. */
  readonly name: string;
  readonly what: string;
  readonly unit: string;
  readonly measured: number;
  /** The naive way, measured in the same run; null when there is none worth the name. */
  readonly baseline: { readonly what: string; readonly value: number } | null;
  /** Null for a figure that is told without a bar. */
  readonly reach: Reach | null;
  /** What the number alone does not say. */
  readonly note: string;
}

/** How many times better than the baseline, or null without one. */
export function ratioOf(row: BenchRow): number | null {
  if (row.baseline === null) return null;
  const { value } = row.baseline;
  const larger = row.reach?.bound === "at least";
  return larger ? row.measured / value : value / row.measured;
}

/** Whether the row holds what it claims, or null when it claims nothing. */
export function isMet(row: BenchRow): boolean | null {
  if (row.reach === null) return null;
  const { bound, value } = row.reach;
  return bound === "at least" ? row.measured >= value : row.measured <= value;
}
