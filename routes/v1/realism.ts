import { serve } from "../../jobs/kit/http/mod.ts";
import { REALISM } from "../../jobs/serve/endpoints/mod.ts";

/** What was measured of the session under way. */
export const handler = serve(REALISM);
