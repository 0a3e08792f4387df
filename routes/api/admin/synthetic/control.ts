import { createDefine } from "fresh";
import type { State } from "../../../../jobs/serve/mod.ts";

const define = createDefine<State>();

/** `/admin/synthetic/control` for pages of operators: they sign in, the server knows the token. */
export const handler = define.handlers((ctx) =>
  ctx.state.adminProxy.handle(ctx.req, ctx.info, "control")
);
