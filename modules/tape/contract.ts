export * from "./live_contract.ts";
export { SessionOutline } from "./session_outline.ts";
export * from "./worker.ts";
export * from "./queries.ts";
export { bySymbol } from "./_query.ts";
export * from "./streams/mod.ts";
