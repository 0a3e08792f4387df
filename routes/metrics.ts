import { serve } from "../jobs/kit/http/mod.ts";
import { METRICS } from "../jobs/serve/endpoints/mod.ts";

/** Figures of the process. */
export const handler = serve(METRICS);
