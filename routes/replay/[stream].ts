import { serveByName } from "../../jobs/kit/http/mod.ts";
import { REPLAY } from "../../jobs/serve/api/mod.ts";

/** Stored rows of a stream in order. */
export const handler = serveByName("stream", REPLAY);
