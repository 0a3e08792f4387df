import { PACKET_BY_ID, serve } from "../../../jobs/serve/api/mod.ts";

/** One flow packet. */
export const handler = serve(PACKET_BY_ID);
