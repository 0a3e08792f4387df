import type { Clock, LogLine } from "../kit/mod.ts";
import { latencyFields, LatencyMeter, type LatencySettings } from "./latency/mod.ts";

/** A meter whose summaries and failure are lines of the log. */
export function newMeter(
  settings: LatencySettings,
  clock: Clock,
  log: (line: LogLine) => void,
): LatencyMeter {
  return new LatencyMeter(settings, () => clock.nowMs(), {
    onSummary: (summary) => {
      log({ level: "info", event: "producer_latency", fields: latencyFields(summary) });
    },
    onFailure: (message) => log({ level: "warn", event: "latency_off", fields: { message } }),
  });
}
