import { serve } from "../../jobs/kit/http/mod.ts";
import { OPTIONS_SUPPORT } from "../../jobs/serve/api/mod.ts";

/** What was made of option prints, and the quotes that stood. */
export const handler = serve(OPTIONS_SUPPORT);
