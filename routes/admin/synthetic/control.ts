import { createDefine } from "fresh";
import { peerAddress } from "../../../jobs/kit/http/mod.ts";
import type { State } from "../../../jobs/serve/mod.ts";

const define = createDefine<State>();

/** Reads and writes the control state for holders of the admin token. */
export const handler = define.handlers((ctx) =>
  ctx.state.admin.handle(ctx.req, "control", {
    operator: "operator",
    address: peerAddress(ctx.info),
  })
);
