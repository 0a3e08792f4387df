import { serve } from "../../../jobs/kit/http/mod.ts";
import { VACUUM_SOCKET } from "../../../jobs/serve/endpoints/mod.ts";

/** The stream under the path that older clients use. */
export const handler = serve(VACUUM_SOCKET);
