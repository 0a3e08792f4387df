import { currentOf, serve } from "../../jobs/serve/api/mod.ts";

/** The newest alerts. */
export const handler = serve(currentOf("alerts"));
