import { createDefine } from "fresh";
import type { State } from "../../../jobs/terminal/mod.ts";
import { serveStream } from "../../../jobs/stream/mod.ts";

const define = createDefine<State>();

/** The pressure grid as Arrow over a WebSocket; docs/formats.md describes frames and close codes. */
export const handler = define.handlers({
  GET(ctx) {
    return serveStream(ctx.req, ctx.state.terminal);
  },
});
