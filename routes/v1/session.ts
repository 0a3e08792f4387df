import { serve } from "../../jobs/kit/http/mod.ts";
import { SESSION } from "../../jobs/serve/endpoints/mod.ts";

/** Phases and events of the session under way. */
export const handler = serve(SESSION);
