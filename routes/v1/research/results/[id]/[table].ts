import { serve } from "../../../../../jobs/kit/http/mod.ts";
import { RESULT_TABLE } from "../../../../../jobs/serve/endpoints/mod.ts";

/** One part of a result as a file. */
export const handler = serve(RESULT_TABLE);
