import { serve } from "../../jobs/kit/http/mod.ts";
import { CANDLE_RANGE } from "../../jobs/serve/api/mod.ts";

/** Candles of a symbol. */
export const handler = serve(CANDLE_RANGE);
