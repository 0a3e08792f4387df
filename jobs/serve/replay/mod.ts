export { answerReplays, replaySocket } from "./answer_replays.ts";
export { ReplayError, ReplaySessions } from "./replay_sessions.ts";
