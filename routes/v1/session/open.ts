import { serve } from "../../../jobs/kit/http/mod.ts";
import { SESSION_OPEN } from "../../../jobs/serve/endpoints/mod.ts";

/** Opening prices of the session under way. */
export const handler = serve(SESSION_OPEN);
