import { latencyFields, LatencyMeter, type LatencySettings } from "./latency/mod.ts";
import type { Clock } from "../kit/mod.ts";
import type { FromWorker } from "./protocol.ts";

/** A meter whose summaries and failure are posted as lines of the log. */
export function newMeter(
  settings: LatencySettings,
  clock: Clock,
  post: (message: FromWorker) => void,
): LatencyMeter {
  return new LatencyMeter(settings, () => clock.nowMs(), {
    onSummary: (summary) => {
      const fields = latencyFields(summary);
      post({ type: "log", level: "info", event: "producer_latency", fields });
    },
    onFailure: (message) => {
      post({ type: "log", level: "warn", event: "latency_off", fields: { message } });
    },
  });
}
