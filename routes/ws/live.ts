import { createDefine } from "fresh";
import type { State } from "../../jobs/serve/mod.ts";

const define = createDefine<State>();

/** Live protocol over a WebSocket: subscriptions, snapshots, events; docs/formats.md describes it. */
export const handler = define.handlers({
  GET(ctx) {
    return ctx.state.live.serveLive(ctx);
  },
});
