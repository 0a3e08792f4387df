import { serve } from "../../jobs/kit/http/mod.ts";
import { currentOf } from "../../jobs/serve/api/mod.ts";

/** The newest inferred off-exchange activity. */
export const handler = serve(currentOf("inferred-dark"));
