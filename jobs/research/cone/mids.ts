import { PressureEngine, ReplayFilter } from "../../../engine/pressure/mod.ts";
import type { PlannedRun } from "../../feeds/mod.ts";

/** Time between two mids, ns. */
const STEP_NS = 100_000_000;
/** Bins without an order after which the market counts as closed. */
const CLOSED_AFTER_BINS = 600;
const RECORDS_PER_PULL = 20_000;

/**
 * Mids of a market, which it closes, at the ends of bins of 100 ms, ticks; NaN where the book is not
 * valid, one-sided or crossed, and after a minute without an order. The heatmap's forecasts rest on the
 * same; here they come from the book alone.
 *
 * @param bins Most of them.
 */
export async function midsOf(
  { feed, instrument, baseNs }: PlannedRun,
  bins: number,
): Promise<Float64Array> {
  const tickNano = instrument.tick_int;
  const engine = new PressureEngine({
    ticks: instrument.n_absolute_ticks,
    tickNano,
    model: instrument.pressure_model,
    autoAnchor: true,
    strict: false,
    onOutOfRange: () => {},
  });
  const mids: number[] = [];
  let events = 0;
  let stillBins = 0;
  let endNs = feed.opensWithSnapshot ? Number((feed.startNs ?? 0n) - baseNs) + STEP_NS : NaN;
  const mid = () => {
    stillBins = events === 0 ? stillBins + 1 : 0;
    events = 0;
    if (stillBins > CLOSED_AFTER_BINS) return NaN;
    const { bestBid, bestAsk } = engine.book;
    const isSound = engine.bookValid && bestBid > 0 && bestAsk > bestBid &&
      engine.book.grid.indexOf(engine.spotNano) >= 0;
    return isSound ? (bestBid + bestAsk) / (2 * tickNano) : NaN;
  };
  const filter = new ReplayFilter({
    baseNs,
    symbolOf: feed.symbolOf,
    symbol: instrument.symbol,
    future: true,
    fromNs: -Infinity,
    toNs: Infinity,
    skipToNs: 0,
    resetSnapshotClock: true,
    onWarning: () => {},
  });
  const sink = {
    onEvent(tsNs: number, ...event: Parameters<PressureEngine["updateBook"]>) {
      if (Number.isNaN(endNs)) endNs = tsNs + STEP_NS;
      for (; tsNs >= endNs; endNs += STEP_NS) mids.push(mid());
      engine.updateBook(...event);
      events++;
    },
  };
  const mbo = (block: Parameters<ReplayFilter["run"]>[0]) => filter.run(block, sink);
  const untilNs = (feed.startNs ?? 0n) + BigInt(bins * STEP_NS);
  while (mids.length < bins) {
    const got = await feed.pull(untilNs, RECORDS_PER_PULL, { mbo });
    // No earlier event comes: what ends until then has ended.
    for (; got === "due" && mids.length < bins; endNs += STEP_NS) mids.push(mid());
    if (got === "ended") break;
  }
  feed.close();
  return Float64Array.from(mids.slice(0, bins));
}
