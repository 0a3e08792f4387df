import { serve } from "../../../jobs/kit/http/mod.ts";
import { HUD_SOCKET } from "../../../jobs/serve/endpoints/mod.ts";

/** Surfaces of the heads-up display over a WebSocket. */
export const handler = serve(HUD_SOCKET);
