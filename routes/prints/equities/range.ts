import { serve } from "../../../jobs/kit/http/mod.ts";
import { EQUITY_RANGE } from "../../../jobs/serve/api/mod.ts";

/** Equity prints of a symbol in a stretch of time. */
export const handler = serve(EQUITY_RANGE);
