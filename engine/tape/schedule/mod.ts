/**
 * The labelled orders of a session, and the prices that they move.
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { DEFAULT_CONTROL, fixedTimeline, sessionById, SessionMarket } from "../../regime/mod.ts";
 * import { CoupledPath, SessionSchedule } from "./mod.ts";
 *
 * const session = sessionById(202601140);
 * const market = new SessionMarket(session, fixedTimeline(DEFAULT_CONTROL));
 * const schedule = new SessionSchedule(market);
 * schedule.extendTo(session.openTs + 300_000);
 * ok(schedule.parents.length > 0);
 * ok(new CoupledPath(schedule).mid(0, session.openTs) > 0); // USD
 * ```
 *
 * @module
 */

export { CoupledPath } from "./coupled_path.ts";
export { type CoverageLedger } from "./coverage_ledger.ts";
export { type LabelRow, labelRow } from "./labels.ts";
export { SessionSchedule } from "./session_schedule.ts";
export type { PlacementMix, Range, Template } from "./template_types.ts";
export { NOISE_TEMPLATES, PROFILE_TEMPLATES } from "./templates.ts";
