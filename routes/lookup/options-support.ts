import { OPTIONS_SUPPORT, serve } from "../../jobs/serve/api/mod.ts";

/** What was made of option prints, and the quotes that stood. */
export const handler = serve(OPTIONS_SUPPORT);
