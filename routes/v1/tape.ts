import { serve } from "../../jobs/kit/http/mod.ts";
import { TAPE } from "../../jobs/serve/endpoints/mod.ts";

/** State of the tape. */
export const handler = serve(TAPE);
