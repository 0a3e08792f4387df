import { serve } from "../../jobs/kit/http/mod.ts";
import { currentOf } from "../../jobs/serve/api/mod.ts";

/** The newest smart-money events. */
export const handler = serve(currentOf("smart-money"));
