import { createDefine } from "fresh";
import { replaySocket } from "../../../jobs/serve/replay/mod.ts";
import type { State } from "../../../jobs/serve/mod.ts";

const define = createDefine<State>();

/** A replay session over a WebSocket, with the live protocol and a clock. */
export const handler = define.handlers({
  GET(ctx) {
    const { replays, live } = ctx.state;
    return live.serve(ctx, () => replaySocket(replays, ctx.params["id"] ?? ""));
  },
});
