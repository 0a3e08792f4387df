import { createDefine } from "fresh";
import { liveMetrics } from "../jobs/serve/rows/mod.ts";
import { openFilesMetric, prometheusText } from "../jobs/kit/mod.ts";
import { type State } from "../jobs/serve/mod.ts";

const define = createDefine<State>();

/** Figures of the process in Prometheus text form. */
export const handler = define.handlers({
  GET(ctx) {
    const { hub, terminal, control, live, replays } = ctx.state;
    const metrics = [
      ...terminal.metrics(),
      ...control.metrics(),
      ...liveMetrics(live, replays.count),
      ...hub.metrics(),
      ...openFilesMetric(),
    ];
    return new Response(prometheusText(metrics), {
      headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
    });
  },
});
