import { serve } from "../../jobs/kit/http/mod.ts";
import { CANDLES } from "../../jobs/serve/api/mod.ts";

/** Candles of a symbol. */
export const handler = serve(CANDLES);
