import { REPLAY, serveByName } from "../../jobs/api/mod.ts";

/** Stored rows of a stream in order. */
export const handler = serveByName("stream", REPLAY);
