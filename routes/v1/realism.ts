import { createDefine } from "fresh";
import { problem } from "../../jobs/kit/http/mod.ts";
import { publicReport } from "../../engine/realism/mod.ts";
import type { State } from "../../jobs/serve/mod.ts";

const define = createDefine<State>();

/** What was measured of the session under way; the table of meanings for operators only. */
export const handler = define.handlers({
  async GET(ctx) {
    const report = await ctx.state.live.tape.realism();
    if (report === null) {
      return problem(503, "not_measured", "No session of the synthetic market is being measured");
    }
    const isOperator = ctx.state.operators.identify(ctx.req, ctx.info) !== null;
    return Response.json(isOperator ? report : publicReport(report), {
      headers: { "cache-control": "private, no-store", "vary": "cookie" },
    });
  },
});
