import { serve } from "../../../jobs/kit/http/mod.ts";
import { PRESSURE_SOCKET } from "../../../jobs/serve/endpoints/mod.ts";

/** The pressure grid over a WebSocket. */
export const handler = serve(PRESSURE_SOCKET);
