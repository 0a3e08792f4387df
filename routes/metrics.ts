import { createDefine } from "fresh";
import { liveMetrics } from "../jobs/serve/rows/mod.ts";
import { prometheusText } from "../jobs/kit/mod.ts";
import { type State } from "../jobs/serve/mod.ts";

const define = createDefine<State>();

/** Figures of the process in Prometheus text form. */
export const handler = define.handlers({
  GET(ctx) {
    const { market, control, live, replays } = ctx.state;
    const metrics = [
      ...market.metrics(),
      ...control.metrics(),
      ...liveMetrics(live, replays.count),
    ];
    return new Response(prometheusText(metrics), {
      headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
    });
  },
});
