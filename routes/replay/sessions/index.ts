import { createDefine } from "fresh";
import { answerReplays } from "../../../jobs/tape_replay/mod.ts";
import type { State } from "../../../jobs/terminal/mod.ts";

const define = createDefine<State>();

/** Replay sessions: all of them (GET), and a new one (POST). */
export const handler = define.handlers((ctx) => answerReplays(ctx.state.replays, ctx, null));
