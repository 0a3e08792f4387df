import { serve } from "../jobs/kit/http/mod.ts";
import { OPENAPI } from "../jobs/serve/endpoints/mod.ts";

/** The OpenAPI document of every endpoint. */
export const handler = serve(OPENAPI);
