import { PressureEngine, ReplayFilter } from "../../../engine/pressure/mod.ts";
import { DEFAULT_CONTROL, fixedTimeline, type PresetId } from "../../../engine/regime/mod.ts";
import { openRun, type PlannedRun } from "../../feeds/mod.ts";

/** Time between two mids, ns. */
const STEP_NS = 100_000_000;
const MINUTE_NS = 60_000_000_000n;
const BINS_A_DAY = 864_000;
/** Bins without an order after which the market counts as closed. */
const CLOSED_AFTER_BINS = 600;
const RECORDS_PER_PULL = 20_000;
/** Tuesday 2026-03-10, 09:30 New York. */
const START_NS = 1_773_149_400_000_000_000n;

/**
 * Mids of a market at the ends of bins of 100 ms, ticks; NaN where the book is not valid, one-sided or
 * crossed, and after a minute without an order. The same as the heatmap's forecasts rest on, by the book
 * alone.
 */
async function midsOf({ feed, instrument, baseNs }: PlannedRun, bins: number) {
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
    if (await feed.pull(untilNs, RECORDS_PER_PULL, { mbo }) !== "more") break;
  }
  feed.close();
  return Float64Array.from(mids.slice(0, bins));
}

/** Mids of a preset of the synthetic market, from some minutes after half past nine on. */
export async function presetMids(
  preset: PresetId,
  seed: number,
  fromMinute: number,
  minutes: number,
) {
  const timeline = fixedTimeline({ ...DEFAULT_CONTROL, preset_id: preset, shared_seed: seed });
  const run = await openRun({
    source: {
      kind: "synthetic",
      seed,
      regime: null,
      startNs: START_NS + BigInt(fromMinute) * MINUTE_NS,
      plan: { timeline, clock: "et" },
    },
    instrument: "",
    model: null,
  });
  return await midsOf(run, minutes * 600);
}

/** Mids of a market file from its first event on. */
export async function fileMids(path: string) {
  const run = await openRun({ source: { kind: "file", path }, instrument: "", model: null });
  return await midsOf(run, BINS_A_DAY);
}
