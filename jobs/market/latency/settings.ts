/** What is measured of every bin, and where it goes; the same in the settings and in a worker. */
export interface LatencySettings {
  /** File that lines are appended to. */
  readonly path: string;
  /** New York `HH:MM` from which bins are measured, or null. */
  readonly from: string | null;
  /** New York `HH:MM` from which they no longer are, or null. */
  readonly to: string | null;
  /** Lines between two summaries, and lines that a summary looks back on; ≥ 1. */
  readonly summaryEvery: number;
}
