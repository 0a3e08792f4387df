import { createDefine } from "fresh";
import { submitLogout } from "../jobs/serve/operator/mod.ts";
import type { State } from "../jobs/serve/mod.ts";

const define = createDefine<State>();

/** Ends an operator's session. */
export const handler = define.handlers({
  GET: (ctx) => ctx.redirect("/login", 303),
  POST: (ctx) => submitLogout(ctx.state.operators, ctx.req, ctx.info),
});
