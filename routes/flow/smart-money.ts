import { currentOf, serve } from "../../jobs/serve/api/mod.ts";

/** The newest smart-money events. */
export const handler = serve(currentOf("smart-money"));
