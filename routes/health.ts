import { HEALTH, serve } from "../jobs/serve/api/mod.ts";

/** The process is up. */
export const handler = serve(HEALTH);
