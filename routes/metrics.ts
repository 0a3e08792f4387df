import { createDefine } from "fresh";
import { prometheusText, type State } from "../jobs/terminal/mod.ts";

const define = createDefine<State>();

/** Figures of the process in Prometheus text form. */
export const handler = define.handlers({
  GET(ctx) {
    return new Response(prometheusText(ctx.state.terminal.metrics()), {
      headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
    });
  },
});
