import { currentOf, serve } from "../../jobs/serve/api/mod.ts";

/** The newest option prints. */
export const handler = serve(currentOf("options"));
