import { createDefine } from "fresh";
import type { State } from "../../jobs/serve/mod.ts";
import { STREAMS } from "../../modules/tape/mod.ts";

const define = createDefine<State>();

/** One whole stream over a WebSocket: a frame `{type, payload}` for every row. */
export const handler = define.handlers({
  GET(ctx) {
    return ctx.state.live.serveStream(ctx, STREAMS.ofSocket(ctx.params["stream"] ?? ""));
  },
});
