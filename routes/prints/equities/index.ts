import { currentOf, serve } from "../../../jobs/serve/api/mod.ts";

/** The newest equity prints. */
export const handler = serve(currentOf("equities"));
