import { serve } from "../../jobs/kit/http/mod.ts";
import { PRINTS_BY_TRACE } from "../../jobs/serve/api/mod.ts";

/** Option prints by their trace ids. */
export const handler = serve(PRINTS_BY_TRACE);
