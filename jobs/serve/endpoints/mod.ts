export { apiDocumentation, OPENAPI } from "./document.ts";
export {
  FEED,
  FEED_COMMAND,
  FEEDS,
  PRESSURE_SOCKET,
  SIGNALS,
  UPLOAD,
  VACUUM_SOCKET,
} from "./feed.ts";
export { ADMIN, LOGIN, LOGOUT, LOGOUT_PAGE, PAGE_ADMIN } from "./operators.ts";
export { HEALTH, HEALTHZ, METRICS, READY, READYZ } from "./probes.ts";
export { RECORDING, START_RECORDING, STOP_RECORDING } from "./recording.ts";
export { REPLAY_BY_ID, REPLAY_SECRET_HEADER, REPLAY_SOCKET, REPLAYS } from "./replays.ts";
export { RESULT, RESULT_TABLE, RESULTS } from "./research.ts";
export { LIVE_SOCKET, STREAM_SOCKETS } from "./sockets.ts";
export { HUD_BOOTSTRAP, HUD_SOCKET, HUD_SURFACES, VELOCITY_SOCKET } from "./surfaces.ts";
export { LISTING, REALISM, SESSION, SESSION_OPEN, TAPE } from "./tape_state.ts";
