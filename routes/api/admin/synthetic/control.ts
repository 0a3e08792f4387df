import { serve } from "../../../../jobs/kit/http/mod.ts";
import { PAGE_ADMIN } from "../../../../jobs/serve/endpoints/mod.ts";

/** What steers the synthetic market, for pages of operators. */
export const handler = serve(PAGE_ADMIN.read, PAGE_ADMIN.write);
