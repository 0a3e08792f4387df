import { serve } from "../../../jobs/kit/http/mod.ts";
import { SIGNALS } from "../../../jobs/serve/endpoints/mod.ts";

/** The directional signals of some of the newest bins. */
export const handler = serve(SIGNALS);
