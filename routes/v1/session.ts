import { createDefine } from "fresh";
import { z } from "zod";
import { symbolIndex, UNIVERSE } from "../../engine/regime/mod.ts";
import { problem } from "../../jobs/kit/http/mod.ts";
import type { State } from "../../jobs/serve/mod.ts";

const define = createDefine<State>();

const Query = z.strictObject({
  symbol: z.string("must be given").refine(
    (symbol) => symbolIndex(symbol) >= 0,
    `must be one of ${UNIVERSE.map(({ symbol }) => symbol).join(", ")}`,
  ),
});

/** Phases and events of the session under way for a symbol; regimes and moves for operators only. */
export const handler = define.handlers({
  async GET(ctx) {
    const query = Query.safeParse(Object.fromEntries(ctx.url.searchParams));
    if (!query.success) {
      const [issue] = query.error.issues;
      const field = issue?.path.join(".") || "query";
      return problem(400, "bad_query", `${field}: ${issue?.message ?? "breaks its rule"}`);
    }
    const outline = await ctx.state.live.tape.outline(query.data.symbol);
    if (outline === null) {
      return problem(503, "no_session", "The synthetic exchange is closed or still starting");
    }
    const isOperator = ctx.state.operators.identify(ctx.req, ctx.info) !== null;
    return Response.json(isOperator ? outline : { ...outline, hidden: null }, {
      headers: { "cache-control": "private, no-store", "vary": "cookie" },
    });
  },
});
