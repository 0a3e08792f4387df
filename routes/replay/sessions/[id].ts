import { serve } from "../../../jobs/kit/http/mod.ts";
import { REPLAY_BY_ID } from "../../../jobs/serve/endpoints/mod.ts";

/** One replay session: its state, its clock, its end. */
export const handler = serve(...REPLAY_BY_ID);
