import { serve } from "../../../jobs/kit/http/mod.ts";
import { REPLAY_SOCKET } from "../../../jobs/serve/endpoints/mod.ts";

/** The rows of a replay over a WebSocket. */
export const handler = serve(REPLAY_SOCKET);
