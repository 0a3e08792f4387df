import { READY, serve } from "../jobs/serve/api/mod.ts";

/** The process can do its work. */
export const handler = serve(READY);
