import { currentOf, serve } from "../../jobs/api/mod.ts";

/** The newest alerts. */
export const handler = serve(currentOf("alerts"));
