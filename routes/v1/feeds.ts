import { serve } from "../../jobs/kit/http/mod.ts";
import { FEEDS, UPLOAD } from "../../jobs/serve/endpoints/mod.ts";

/** What can be opened, and what comes to it. */
export const handler = serve(FEEDS, UPLOAD);
