import { serve } from "../../jobs/kit/http/mod.ts";
import { RECORDING, START_RECORDING, STOP_RECORDING } from "../../jobs/serve/endpoints/mod.ts";

/** The recording of the shared feed: its state, start and end. */
export const handler = serve(RECORDING, START_RECORDING, STOP_RECORDING);
