import { serve } from "../../jobs/kit/http/mod.ts";
import { JOIN_BY_ID } from "../../jobs/serve/api/mod.ts";

/** One equity print with its quote. */
export const handler = serve(JOIN_BY_ID);
