import { CANDLES, serve } from "../../jobs/api/mod.ts";

/** Candles of a symbol. */
export const handler = serve(CANDLES);
