import { createDefine } from "fresh";
import { answerReplays } from "../../../jobs/serve/replay/mod.ts";
import type { State } from "../../../jobs/serve/mod.ts";

const define = createDefine<State>();

/** Replay sessions: all of them (GET), and a new one (POST). */
export const handler = define.handlers((ctx) => answerReplays(ctx.state.replays, ctx, null));
