import { createDefine, HttpError } from "fresh";
import type { State } from "../../jobs/terminal/mod.ts";
import { streamOfSocket } from "../../modules/tape/mod.ts";

const define = createDefine<State>();

/** One whole stream over a WebSocket: a frame `{type, payload}` for every row. */
export const handler = define.handlers({
  GET(ctx) {
    const stream = streamOfSocket(ctx.params["stream"] ?? "");
    if (stream === null) throw new HttpError(404);
    return ctx.state.live.serveStream(ctx, stream);
  },
});
