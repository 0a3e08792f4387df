import { z } from "zod";
import { endpoint } from "./endpoint.ts";

/** The process is up. */
export const HEALTH = endpoint({
  method: "GET",
  path: "/health",
  tag: "probes",
  summary: "Whether the process is up",
  limit: null,
  response: z.object({ status: z.literal("ok"), service: z.literal("lotus-terminal") }),
  example: { status: "ok", service: "lotus-terminal" },
  run: () => ({ status: "ok", service: "lotus-terminal" }),
});

const Check = z.object({ ok: z.boolean(), detail: z.string() });

/** The process can do its work. */
export const READY = endpoint({
  method: "GET",
  path: "/ready",
  tag: "probes",
  summary: "Whether store, control and engine can do their work",
  description: "503 with the same body when one of them cannot.",
  limit: null,
  response: z.object({ ready: z.boolean(), checks: z.record(z.string(), Check) }),
  example: { ready: true, checks: { store: { ok: true, detail: "answers" } } },
  statuses: [503],
  run: async ({ api }) => {
    const checks = await api.check();
    const ready = Object.values(checks).every((check) => check.ok);
    return Response.json({ ready, checks }, {
      status: ready ? 200 : 503,
      headers: { "cache-control": "no-store" },
    });
  },
});
