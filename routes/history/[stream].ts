import { HISTORY, serveByName } from "../../jobs/serve/api/mod.ts";

/** Older rows of a stream. */
export const handler = serveByName("stream", HISTORY);
