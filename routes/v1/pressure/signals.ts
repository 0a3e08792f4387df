import { createDefine } from "fresh";
import { serveSignals } from "../../../jobs/serve/frames/mod.ts";
import type { State } from "../../../jobs/serve/mod.ts";

const define = createDefine<State>();

/** The directional signals of some of the newest bins, as the server computes them. */
export const handler = define.handlers({
  GET(ctx) {
    return serveSignals(ctx.state.market.session, ctx.url.searchParams);
  },
});
