import { serveByName } from "../../jobs/kit/http/mod.ts";
import { HISTORY } from "../../jobs/serve/api/mod.ts";

/** Older rows of a stream. */
export const handler = serveByName("stream", HISTORY);
