import { createDefine } from "fresh";
import { answerReplays } from "../../../jobs/serve/replay/mod.ts";
import type { State } from "../../../jobs/serve/mod.ts";

const define = createDefine<State>();

/** One replay session: its state (GET), its clock (PATCH), its end (DELETE). */
export const handler = define.handlers((ctx) =>
  answerReplays(ctx.state.replays, ctx, ctx.params["id"] ?? "")
);
