import { serve } from "../../../../jobs/kit/http/mod.ts";
import { RESULTS } from "../../../../jobs/serve/endpoints/mod.ts";

/** What was analysed. */
export const handler = serve(RESULTS);
