import { serve } from "../../jobs/kit/http/mod.ts";
import { LIVE_SOCKET } from "../../jobs/serve/endpoints/mod.ts";

/** The live protocol over a WebSocket. */
export const handler = serve(LIVE_SOCKET);
