import { EQUITY_RANGE, serve } from "../../../jobs/serve/api/mod.ts";

/** Equity prints of a symbol in a stretch of time. */
export const handler = serve(EQUITY_RANGE);
