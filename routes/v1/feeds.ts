import { createDefine } from "fresh";
import { listFeeds } from "../../jobs/feeds/mod.ts";
import type { State } from "../../jobs/serve/mod.ts";

const define = createDefine<State>();

/** What can be opened: replay files with what their metadata says, instruments, regimes. */
export const handler = define.handlers({
  async GET(ctx) {
    const body = await listFeeds(ctx.state.market.catalogue);
    return Response.json(body, { headers: { "cache-control": "no-store" } });
  },
});
