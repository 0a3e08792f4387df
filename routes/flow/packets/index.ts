import { currentOf, serve } from "../../../jobs/serve/api/mod.ts";

/** The newest flow packets. */
export const handler = serve(currentOf("flow"));
