/** What measures a session under way: the meter, without the runs that measure whole sessions. */
export { OutsideAudit } from "./outside/worker.ts";
export { type RealismReport } from "./report.ts";
export { SessionMeter } from "./session_meter.ts";
export { sessionRows } from "./session_rows.ts";
