import { serve } from "../../../jobs/kit/http/mod.ts";
import { REPLAYS } from "../../../jobs/serve/endpoints/mod.ts";

/** Replay sessions: the own ones, and a new one. */
export const handler = serve(...REPLAYS);
