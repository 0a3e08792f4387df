import { serve } from "../../../jobs/kit/http/mod.ts";
import { HUD_SURFACES } from "../../../jobs/serve/endpoints/mod.ts";

/** One surface of the windows that are kept. */
export const handler = serve(HUD_SURFACES);
