export { MarketTape, type MarketTapeOptions, TapePositionError } from "./market_tape.ts";
export type {
  Load,
  ParentSchedule,
  TapeClock,
  TapeSource,
  UnderlyingPath,
} from "./market_tape_types.ts";
export {
  type Family,
  type Leg,
  type Parent,
  type Placement,
  type PrintPlan,
  type StockPlan,
  type Subtype,
  SUBTYPES,
} from "./parent.ts";
