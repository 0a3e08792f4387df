import { serve } from "../../../jobs/kit/http/mod.ts";
import { VELOCITY_SOCKET } from "../../../jobs/serve/endpoints/mod.ts";

/** Liquidity velocity over a WebSocket. */
export const handler = serve(VELOCITY_SOCKET);
