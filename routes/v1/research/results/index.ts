import { createDefine } from "fresh";
import { researchResults } from "../../../../jobs/research/analysis/mod.ts";
import type { State } from "../../../../jobs/serve/mod.ts";

const define = createDefine<State>();

/** What has been analysed, newest date first. */
export const handler = define.handlers({
  async GET() {
    const results = await researchResults().list();
    return Response.json({ results }, { headers: { "cache-control": "no-cache" } });
  },
});
