import { createDefine } from "fresh";
import type { State } from "../../../jobs/terminal/mod.ts";
import { serveStream } from "../../../jobs/stream/mod.ts";

const define = createDefine<State>();

/** The pressure grid as Arrow over a WebSocket; docs/formats.md describes frames and close codes. */
export const handler = define.handlers({
  GET(ctx) {
    const { socket, response } = ctx.upgrade();
    serveStream(socket, ctx.url.searchParams, ctx.state.terminal);
    return response;
  },
});
