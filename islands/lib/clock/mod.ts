export { type ClockHands, SessionClock } from "./session_clock.ts";
export { type SessionFact, SessionReader } from "./session_reader.ts";
