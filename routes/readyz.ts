import { createDefine } from "fresh";
import type { State } from "../jobs/serve/mod.ts";

const define = createDefine<State>();

/** The feed runs and its newest bin is fresh: 200, else 503 with the reason. */
export const handler = define.handlers({
  GET(ctx) {
    const readiness = ctx.state.market.readiness();
    return Response.json(readiness, { status: readiness.ready ? 200 : 503 });
  },
});
