import { serve } from "../../../../../jobs/kit/http/mod.ts";
import { RESULT } from "../../../../../jobs/serve/endpoints/mod.ts";

/** One result. */
export const handler = serve(RESULT);
