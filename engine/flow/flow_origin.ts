import { ALERT_MEMORY_MS } from "./_alerts.ts";
import { BASELINE_MS } from "./_baselines.ts";
import { DARK_MEMORY_MS } from "./_inferred_dark.ts";
import { LINK_MEMORY_MS, LINK_WAIT_MS } from "./_linker.ts";
import { quoteMemoryMs } from "./_market_state.ts";
import { DEVIATION_MEMORY_MS, MOVE_MEMORY_MS } from "./_mid_track.ts";
import { packetMemoryMs } from "./_packets.ts";
import type { FlowConfig } from "./sink.ts";

/** Candles of a longer interval than this are not waited for, ms. */
const LONGEST_CANDLE_MS = 3_600_000;

/**
 * How much tape a pipeline has to have read, ms, so that from then on it sends what any pipeline sends that
 * has read more: the sum of what each row hangs on and what that hangs on in turn. Candles are apart, see
 * {@link flowOrigin}.
 */
export function flowMemoryMs(config: FlowConfig): number {
  const { nbboMaxAgeMs, equityQuoteMaxAgeMs, clusterGapMs, clusterSpanMs } = config;
  const quotesMs = Math.max(quoteMemoryMs(nbboMaxAgeMs), quoteMemoryMs(equityQuoteMaxAgeMs));
  const packetMs = clusterSpanMs + clusterGapMs + LINK_WAIT_MS;
  const startsMs = Math.max(quotesMs, packetMemoryMs(config) + LINK_MEMORY_MS, MOVE_MEMORY_MS);
  const legsMs = startsMs + packetMs;
  const eventsMs = Math.max(legsMs, DEVIATION_MEMORY_MS + LINK_WAIT_MS);
  return Math.max(
    legsMs + BASELINE_MS,
    eventsMs + ALERT_MEMORY_MS,
    quotesMs + DARK_MEMORY_MS,
  );
}

/**
 * Event time from which a pipeline has to read, epoch ms, so that every row that it sends from `fromTs` on is
 * the one that a pipeline sends that never stopped. That is {@link flowMemoryMs} before, and not after the
 * beginning of any candle under way at `fromTs`; candles of more than an hour are only made once whole.
 */
export function flowOrigin(fromTs: number, config: FlowConfig): number {
  const candles = config.candleIntervalsMs
    .filter((intervalMs) => intervalMs <= LONGEST_CANDLE_MS)
    .map((intervalMs) => Math.floor(fromTs / intervalMs) * intervalMs);
  return Math.min(fromTs - flowMemoryMs(config), ...candles);
}
