import type { RealismRow } from "./row.ts";
import { RunTotals } from "./run_totals.ts";
import type { SessionMeter } from "./session_meter.ts";

/** Every row of a session as far as it has run. */
export function sessionRows(meter: SessionMeter): RealismRow[] {
  const totals = new RunTotals();
  totals.add(meter);
  return totals.rows();
}
