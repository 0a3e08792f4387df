export { VENUES } from "./_prints.ts";
export { CoupledPath } from "./coupled_path.ts";
export { CoverageLedger } from "./coverage_ledger.ts";
export { type LabelRow, labelRow } from "./labels.ts";
export { SCHEDULE_LOOK_AHEAD_MS, SessionSchedule } from "./session_schedule.ts";
export { getSyntheticSchedule } from "./synthetic_schedule.ts";
export type { PlacementMix, Range, Template } from "./template_types.ts";
export { NOISE_TEMPLATES, PROFILE_TEMPLATES, TEMPLATES } from "./templates.ts";
