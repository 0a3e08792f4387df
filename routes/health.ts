import { HEALTH, serve } from "../jobs/api/mod.ts";

/** The process is up. */
export const handler = serve(HEALTH);
