import { serve } from "../../jobs/kit/http/mod.ts";
import { FEED, FEED_COMMAND } from "../../jobs/serve/endpoints/mod.ts";

/** The shared feed: its state, and commands to it. */
export const handler = serve(FEED, FEED_COMMAND);
