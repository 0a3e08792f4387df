export { EquitiesTape, type EquityOutput } from "./equities_tape.ts";
export type { Load, ParentSchedule, UnderlyingPath } from "../market_tape_types.ts";
