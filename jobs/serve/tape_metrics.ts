import type { Metric } from "../kit/mod.ts";
import type { State } from "./state.ts";

/** Figures of the tape and its sockets for `/metrics`. */
export function tapeMetrics(
  { tapeService, live, streams, replays, sockets }: Pick<
    State,
    "tapeService" | "live" | "streams" | "replays" | "sockets"
  >,
): readonly Metric[] {
  const figures = tapeService.figures();
  const open = live.clients + streams.clients + replays.sockets;
  const { dropped } = tapeService.rows;
  const metric = (type: Metric["type"], name: string, help: string, value: number): Metric => ({
    name: `lotus_tape_${name}`,
    type,
    help,
    value,
  });
  return [
    metric("counter", "published_rows_total", "Rows of the tape published", figures.published),
    metric("counter", "stored_rows_total", "Rows of the tape stored", figures.stored),
    metric("counter", "lost_rows_total", "Rows published but never stored", figures.lost),
    metric("counter", "store_failures_total", "Writes that the store refused", figures.failures),
    metric(
      "counter",
      "damaged_values_total",
      "Stored values that were read and found damaged",
      tapeService.store.stats().damaged,
    ),
    metric("gauge", "gaps", "Stretches that the history lacks", figures.gaps),
    metric(
      "gauge",
      "store_delay_seconds",
      "Time that the last batch took to store",
      figures.storeDelayMs / 1_000,
    ),
    metric("gauge", "lag_seconds", "How far the tape is behind the clock", figures.lagMs / 1_000),
    metric("gauge", "queued_batches", "Batches that wait to be stored", figures.queued),
    metric("gauge", "rows_per_second", "Rows published per second", figures.perSecond),
    metric("gauge", "sockets", "Open sockets of the tape", open),
    metric("counter", "refused_sockets_total", "Sockets refused at a limit", sockets.refused),
    metric("counter", "dropped_rows_total", "Rows left out for slow readers", dropped),
    metric("gauge", "replays", "Replay sessions that run", replays.count),
  ];
}
