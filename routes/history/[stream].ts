import { HISTORY, serveByName } from "../../jobs/api/mod.ts";

/** Older rows of a stream. */
export const handler = serveByName("stream", HISTORY);
