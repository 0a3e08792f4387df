import { serve } from "../jobs/kit/http/mod.ts";
import { READYZ } from "../jobs/serve/endpoints/mod.ts";

/** The process can do its work. */
export const handler = serve(READYZ);
