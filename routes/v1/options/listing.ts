import { serve } from "../../../jobs/kit/http/mod.ts";
import { LISTING } from "../../../jobs/serve/endpoints/mod.ts";

/** Options listed on a symbol in the session under way. */
export const handler = serve(LISTING);
