import { serve } from "../jobs/kit/http/mod.ts";
import { HEALTHZ } from "../jobs/serve/endpoints/mod.ts";

/** The process is up. */
export const handler = serve(HEALTHZ);
