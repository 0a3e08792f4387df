import { serveByName } from "../../jobs/kit/http/mod.ts";
import { STREAM_SOCKETS } from "../../jobs/serve/endpoints/mod.ts";

/** One whole stream over a WebSocket. */
export const handler = serveByName("stream", STREAM_SOCKETS);
