import { serve } from "../../jobs/kit/http/mod.ts";
import { currentOf } from "../../jobs/serve/api/mod.ts";

/** The newest classifier hits. */
export const handler = serve(currentOf("classifier-hits"));
