import { createDefine } from "fresh";
import { prometheusText, type State } from "../jobs/terminal/mod.ts";

const define = createDefine<State>();

/** Figures of the process in Prometheus text form. */
export const handler = define.handlers({
  GET(ctx) {
    const { terminal, control } = ctx.state;
    return new Response(prometheusText([...terminal.metrics(), ...control.metrics()]), {
      headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
    });
  },
});
