import { serve } from "../../../../jobs/kit/http/mod.ts";
import { PAGE_ADMIN } from "../../../../jobs/serve/endpoints/mod.ts";

/** State of the synthetic market for pages of operators. */
export const handler = serve(PAGE_ADMIN.status);
