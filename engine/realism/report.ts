import type { PresetId, RegimeId } from "../regime/mod.ts";
import type { Confusion } from "./confusion.ts";
import type { RealismRow } from "./row.ts";

/** What was measured of the session under way. Times in epoch ms. */
export interface RealismReport {
  readonly session_id: number;
  readonly session_minute: number;
  /** Length of the session. */
  readonly session_minutes: number;
  readonly regime: RegimeId;
  readonly preset: PresetId;
  /** Stretch of the tape that was read. */
  readonly from_ts: number;
  readonly until_ts: number;
  readonly rows: readonly RealismRow[];
  /** Of the last hour. For operators only. */
  readonly confusion: Confusion | null;
}

/** A report without what only operators see. */
export function publicReport(report: RealismReport): RealismReport {
  return { ...report, confusion: null };
}
