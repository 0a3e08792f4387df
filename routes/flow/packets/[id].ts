import { serve } from "../../../jobs/kit/http/mod.ts";
import { PACKET_BY_ID } from "../../../jobs/serve/api/mod.ts";

/** One flow packet. */
export const handler = serve(PACKET_BY_ID);
