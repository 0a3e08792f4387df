export * from "./control.ts";
export { extend, mix, prefix, tag, toNormal, toUnit, u01, z01 } from "./hash.ts";
export type {
  CalendarEntry,
  LatentMarket,
  Levels,
  Session,
  SessionEvent,
  SessionState,
  UnderlyingState,
} from "./types.ts";
export { symbolIndex, type Tier, type Underlying, UNIVERSE } from "./universe.ts";
