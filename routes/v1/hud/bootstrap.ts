import { serve } from "../../../jobs/kit/http/mod.ts";
import { HUD_BOOTSTRAP } from "../../../jobs/serve/endpoints/mod.ts";

/** Snapshots of the windows that are kept. */
export const handler = serve(HUD_BOOTSTRAP);
