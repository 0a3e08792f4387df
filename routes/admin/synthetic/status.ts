import { createDefine } from "fresh";
import { peerAddress } from "../../../jobs/kit/http/mod.ts";
import type { State } from "../../../jobs/serve/mod.ts";

const define = createDefine<State>();

/** State of the synthetic market for holders of the admin token; docs/formats.md has the bodies. */
export const handler = define.handlers((ctx) =>
  ctx.state.admin.handle(ctx.req, "status", {
    operator: "operator",
    address: peerAddress(ctx.info),
  })
);
