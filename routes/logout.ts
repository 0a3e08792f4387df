import { serve } from "../jobs/kit/http/mod.ts";
import { LOGOUT, LOGOUT_PAGE } from "../jobs/serve/endpoints/mod.ts";

/** The end of an operator's session. */
export const handler = serve(LOGOUT, LOGOUT_PAGE);
