import { currentOf, serve } from "../../jobs/serve/api/mod.ts";

/** The newest option quotes. */
export const handler = serve(currentOf("nbbo"));
