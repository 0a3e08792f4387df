import { currentOf, serve } from "../../jobs/serve/api/mod.ts";

/** The newest classifier hits. */
export const handler = serve(currentOf("classifier-hits"));
