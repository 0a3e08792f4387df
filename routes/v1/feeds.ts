import { serve } from "../../jobs/kit/http/mod.ts";
import { FEEDS } from "../../jobs/serve/endpoints/mod.ts";

/** What can be opened. */
export const handler = serve(FEEDS);
