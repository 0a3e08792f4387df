import { serve } from "../jobs/kit/http/mod.ts";
import { READY } from "../jobs/serve/endpoints/mod.ts";

/** The process can do its work. */
export const handler = serve(READY);
