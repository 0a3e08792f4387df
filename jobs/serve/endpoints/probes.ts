import { z } from "zod";
import { openFilesMetric, prometheusText } from "../../kit/mod.ts";
import { tapeMetrics } from "../tape_metrics.ts";
import { endpoint } from "./_endpoint.ts";

const TAG = "probes";

function health(path: string) {
  return endpoint({
    method: "GET",
    path,
    tag: TAG,
    summary: "Whether the process is up",
    access: "all",
    limit: null,
    response: z.object({ status: z.literal("ok"), service: z.literal("lotus-terminal") }),
    example: { status: "ok", service: "lotus-terminal" },
    run: () => ({ status: "ok", service: "lotus-terminal" }),
  });
}

/** The process is up. */
export const HEALTH = health("/health");

/** The same under the name that orchestrators ask for. */
export const HEALTHZ = health("/healthz");

const CheckedPart = z.object({ ok: z.boolean(), detail: z.string() });

function ready(path: string) {
  return endpoint({
    method: "GET",
    path,
    tag: TAG,
    summary: "Whether feed, tape, stores and workers can do their work",
    description: "503 with the same body when one of them cannot.",
    access: "all",
    limit: null,
    response: z.object({ ready: z.boolean(), checks: z.record(z.string(), CheckedPart) }),
    example: { ready: true, checks: { store: { ok: true, detail: "answers" } } },
    statuses: [503],
    run: async ({ state }) => {
      const checks = await state.readiness.look();
      const isReady = Object.values(checks).every(({ ok }) => ok);
      return Response.json({ ready: isReady, checks }, {
        status: isReady ? 200 : 503,
        headers: { "cache-control": "no-store" },
      });
    },
  });
}

/** The process can do its work. */
export const READY = ready("/ready");

/** The same under the name that orchestrators ask for. */
export const READYZ = ready("/readyz");

/** Figures of the process. */
export const METRICS = endpoint({
  method: "GET",
  path: "/metrics",
  tag: TAG,
  summary: "Figures of the process for Prometheus",
  access: "all",
  limit: null,
  media: "text/plain",
  run: ({ state }) => {
    const { hub, market, control, sockets, surfaces } = state;
    const metrics = [
      ...market.metrics(),
      ...control.metrics(),
      ...sockets.metrics(),
      ...surfaces.metrics(),
      ...tapeMetrics(state),
      ...hub.metrics(),
      openFilesMetric(),
    ];
    return new Response(prometheusText(metrics), {
      headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
    });
  },
});
