export * from "./live_contract.ts";
export { OptionListing } from "./option_listing.ts";
export { SessionOutline } from "./session_outline.ts";
export {
  type AnyRecord,
  compareCursors,
  comparePlace,
  compareRows,
  contractOf,
  type Cursor,
  cursorOf,
  timeOf,
  underlyingOf,
} from "./cursor.ts";
export * from "./queries.ts";
export { bySymbol } from "./_query.ts";
export * from "./streams/mod.ts";
