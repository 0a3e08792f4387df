import { createDefine } from "fresh";
import type { State } from "../../jobs/serve/mod.ts";

const define = createDefine<State>();

/** State of the tape: session, freshness, lag, counts, gaps. docs/formats.md describes it. */
export const handler = define.handlers({
  GET(ctx) {
    return Response.json(ctx.state.live.tape.status(), {
      headers: { "cache-control": "no-store" },
    });
  },
});
