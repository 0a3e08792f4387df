import { createDefine } from "fresh";
import { problem, sameOrigin } from "../../../jobs/kit/http/mod.ts";
import type { State } from "../../../jobs/serve/mod.ts";
import { serveStream } from "../../../jobs/serve/frames/mod.ts";

const define = createDefine<State>();

/** The pressure grid as Arrow over a WebSocket; docs/formats.md describes frames and close codes. */
export const handler = define.handlers({
  GET(ctx) {
    if (!sameOrigin(ctx.req)) {
      return problem(403, "foreign_origin", "Streams go to this terminal's pages only", "origin");
    }
    const { socket, response } = ctx.upgrade();
    serveStream(socket, ctx.url.searchParams, ctx.state.market);
    return response;
  },
});
