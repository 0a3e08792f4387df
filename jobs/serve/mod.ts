export { type Readiness, Terminal } from "./terminal.ts";
export type { State } from "./state.ts";
export { type StatusGroup, type StatusMark, statusOf, type StatusRow } from "./status.ts";
