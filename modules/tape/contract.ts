export * from "./live_contract.ts";
export { OptionListing } from "./option_listing.ts";
export { SessionOpen } from "./session_open.ts";
export { SessionOutline } from "./session_outline.ts";
export * from "./worker.ts";
export * from "./queries.ts";
export { bySymbol } from "./_query.ts";
export * from "./streams/mod.ts";
