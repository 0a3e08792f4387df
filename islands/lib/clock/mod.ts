export { type ClockHands, SessionClock } from "./session_clock.ts";
