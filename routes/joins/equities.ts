import { serve } from "../../jobs/kit/http/mod.ts";
import { currentOf } from "../../jobs/serve/api/mod.ts";

/** The newest equity prints with their quotes. */
export const handler = serve(currentOf("equity-joins"));
