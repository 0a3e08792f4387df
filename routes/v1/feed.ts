import { createDefine } from "fresh";
import { invalidBody, problem, readJson, sameOrigin } from "../../jobs/kit/http/mod.ts";
import { CommandError } from "../../jobs/market/mod.ts";
import type { State } from "../../jobs/serve/mod.ts";
import { FeedCommand } from "../../modules/feed/contract.ts";

const define = createDefine<State>();

/** State of the shared feed (GET), and commands to it (POST), from operators only. */
export const handler = define.handlers({
  GET(ctx) {
    const { state } = ctx.state.market.session;
    return state === null
      ? problem(503, "opening", "The feed is opening")
      : Response.json(state, { headers: { "cache-control": "no-store" } });
  },

  async POST(ctx) {
    if (!sameOrigin(ctx.req)) {
      return problem(403, "foreign_origin", "Commands come from this terminal only", "origin");
    }
    const { operators } = ctx.state;
    if (operators.identify(ctx.req, ctx.info) === null) {
      return problem(
        401,
        "not_operator",
        operators.hasPassphrase
          ? "Sign in at /login to steer the feed"
          : "The feed is steered on this machine only, as no operator passphrase is set",
      );
    }
    const body = await readJson(ctx.req);
    if (body instanceof Response) return body;
    const command = FeedCommand.safeParse(body.value);
    if (!command.success) return invalidBody(command.error);
    try {
      return Response.json(await ctx.state.market.apply(command.data));
    } catch (error) {
      if (error instanceof CommandError) return problem(409, error.code, error.message);
      throw error;
    }
  },
});
