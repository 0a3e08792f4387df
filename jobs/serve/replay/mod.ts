export { ReplayError, ReplaySessions } from "./replay_sessions.ts";
