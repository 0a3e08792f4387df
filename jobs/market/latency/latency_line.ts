import type { BinTimes } from "./bin_times.ts";

/** Which bin a line is about. Times are epoch ns of the exchange. */
export interface MeasuredBin {
  readonly productType: string;
  readonly symbol: string;
  /** New York date of the bin's start. */
  readonly date: string;
  readonly seq: number;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly eventCount: number;
  readonly eventId: number;
}

/** Durations of one bin, µs; null when one of its ends did not happen. */
export interface BinLatency {
  readonly lastIngestToQueuePutDoneUs: number | null;
  readonly queueBlockUs: number | null;
}

/** A line and the durations in it that are summed up. */
export interface LatencyLine extends BinLatency {
  readonly text: string;
}

/** Monotonic ns of a clock reading, null for none. */
function ns(ms: number): number | null {
  return Number.isNaN(ms) ? null : Math.round(ms * 1e6);
}

/**
 * Microseconds from one reading to another; null when either is missing, 0 when they are in reverse.
 *
 * @param startNs ns of one monotonic clock.
 * @param endNs ns of the same clock.
 */
export function elapsedUs(startNs: number | null, endNs: number | null): number | null {
  if (startNs === null || endNs === null) return null;
  return Math.max(0, endNs - startNs) / 1_000;
}

/** The JSON line of a bin, without a line end. Field names are the public ones of docs/formats.md. */
export function latencyLine(bin: MeasuredBin, times: BinTimes): LatencyLine {
  const first = ns(times.firstIngestMs);
  const last = ns(times.lastIngestMs);
  const ready = ns(times.gridReadyMs);
  const putStart = ns(times.queuePutStartMs);
  const putDone = ns(times.queuePutDoneMs);
  const lastIngestToQueuePutDoneUs = elapsedUs(last, putDone);
  const queueBlockUs = elapsedUs(putStart, putDone);
  const line = JSON.stringify({
    ts_wall_ns: putDone,
    product_type: bin.productType,
    symbol: bin.symbol,
    dt: bin.date,
    bin_seq: bin.seq,
    bin_start_ns: "",
    bin_end_ns: "",
    bin_event_count: bin.eventCount,
    event_id: bin.eventId,
    bin_first_ingest_wall_ns: first,
    bin_last_ingest_wall_ns: last,
    grid_ready_wall_ns: ready,
    queue_put_start_wall_ns: putStart,
    queue_put_done_wall_ns: putDone,
    first_ingest_to_grid_ready_us: elapsedUs(first, ready),
    last_ingest_to_grid_ready_us: elapsedUs(last, ready),
    grid_ready_to_queue_put_done_us: elapsedUs(ready, putDone),
    first_ingest_to_queue_put_done_us: elapsedUs(first, putDone),
    last_ingest_to_queue_put_done_us: lastIngestToQueuePutDoneUs,
    queue_block_us: queueBlockUs,
  });
  // Epoch ns have more digits than a JSON number of JavaScript keeps, so they are written as they are.
  const text = line.replace(
    '"bin_start_ns":"","bin_end_ns":""',
    () => `"bin_start_ns":${bin.startNs},"bin_end_ns":${bin.endNs}`,
  );
  return { text, lastIngestToQueuePutDoneUs, queueBlockUs };
}
