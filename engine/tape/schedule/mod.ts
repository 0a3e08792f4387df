export { VENUES } from "./_prints.ts";
export { CoupledPath } from "./coupled_path.ts";
export { CoverageLedger } from "./coverage_ledger.ts";
export { type LabelRow, labelRow } from "./labels.ts";
export { SessionSchedule } from "./session_schedule.ts";
export type { PlacementMix, Range, Template } from "./template_types.ts";
export { NOISE_TEMPLATES, PROFILE_TEMPLATES } from "./templates.ts";
