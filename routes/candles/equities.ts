import { CANDLES, serve } from "../../jobs/serve/api/mod.ts";

/** Candles of a symbol. */
export const handler = serve(CANDLES);
