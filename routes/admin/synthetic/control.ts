import { serve } from "../../../jobs/kit/http/mod.ts";
import { ADMIN } from "../../../jobs/serve/endpoints/mod.ts";

/** What steers the synthetic market, for holders of the admin token. */
export const handler = serve(ADMIN.read, ADMIN.write);
