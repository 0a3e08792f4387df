export { FeedClock, type FeedMoment } from "./feed_clock.ts";
export { ScreenAge, type ScreenFacts, type ScreenState } from "./screen_age.ts";
export {
  judgeScreen,
  type Motion,
  type ScreenKind,
  type ScreenReading,
  type ScreenVerdict,
} from "./screen_verdict.ts";
export { ServerClock } from "./server_clock.ts";
export { type ClockHands, SessionClock } from "./session_clock.ts";
export { type SessionFact, SessionReader } from "./session_reader.ts";
