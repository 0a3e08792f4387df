import { currentOf, serve } from "../../jobs/serve/api/mod.ts";

/** The newest equity quotes. */
export const handler = serve(currentOf("equity-quotes"));
