import type { GridFrame } from "../../engine/frames/mod.ts";
import { StreamPipeline } from "../../engine/pressure/mod.ts";
import { TradeStage } from "../../engine/trades/mod.ts";
import type { Regime } from "../../modules/feed/contract.ts";
import { BookCache } from "../feeds/books/mod.ts";
import { isSeekable, openRun, type PlannedRun, type RunPlan } from "../feeds/mod.ts";
import type { Clock } from "../kit/mod.ts";
import { GridOutput } from "./grid_output.ts";
import type { LatencyMeter } from "./latency/mod.ts";
import { Market } from "./market.ts";
import type { EncodedBin, MarketSpec, RuntimeConfig } from "./protocol.ts";
import { Release } from "./release.ts";
import { LateSurfaces } from "./late_surfaces.ts";
import { SurfaceStage } from "./surface_stage.ts";
import type { SurfaceWindow } from "./surface_window.ts";
import { runtimeConfig } from "./runtime_config.ts";
import { TimedPipeline } from "./timed_pipeline.ts";
import { TradeOutput } from "./trade_output.ts";

/** Width of the bins by which the history of a synthetic market is counted, ns. */
const HISTORY_CELL_NS = 100_000_000n;
/** History of the surfaces of a synthetic market, ns: 300 windows. */
const SURFACE_HISTORY_NS = 300_000_000_000n;

const SECOND_NS = 1_000_000_000n;

/** A market that is ready to be stepped. */
export interface OpenedMarket {
  readonly market: Market;
  readonly config: RuntimeConfig;
  /** Offset up to which bins are history; null when the first event decides. */
  readonly liveFromNs: number | null;
}

/** What a market reports to. */
export interface MarketReports {
  readonly onBin: (bin: EncodedBin) => void;
  readonly onWarning: (message: string) => void;
  /** Takes the surfaces of every window, whose buffer is its own; none are made without. */
  readonly onSurfaces?: (window: SurfaceWindow) => void;
  /** Measures what each bin takes; nothing is measured without. */
  readonly latency?: LatencyMeter;
  readonly onRefusedBook?: (file: string, code: string, why: string) => void;
}

/**
 * Opens the feed and the stages that a spec asks for. Reads no more of a file than its beginning.
 *
 * @param historyBins Bins of history that a synthetic market makes before it goes live.
 * @throws {FeedError} When the file or the instrument is missing.
 * @throws {DbnError} When the file's beginning is damaged.
 */
export async function openMarket(
  spec: MarketSpec,
  clock: Clock,
  historyBins: number,
  on: MarketReports,
): Promise<OpenedMarket> {
  const historyNs = BigInt(historyBins) * HISTORY_CELL_NS;
  // A market without a history of bins has none of surfaces either.
  const isLonger = on.onSurfaces !== undefined && historyNs > 0n && historyNs < SURFACE_HISTORY_NS;
  const pastNs = isLonger ? SURFACE_HISTORY_NS : historyNs;
  const run = await openRun(planOf(spec, clock, pastNs));
  try {
    const isLate = isLonger && spec.source === "synthetic";
    const firstBinNs = isLate
      ? run.firstEventNs + pastNs - historyNs
      : run.firstBin({ date: spec.date, start: spec.start });
    const market = marketOf(run, spec, firstBinNs, isLate, on);
    const config = runtimeConfig(run.instrument, run.instrumentName, spec.projection);
    return { market, config, liveFromNs: liveFrom(spec, market, clock) };
  } catch (error) {
    run.feed.close();
    throw error;
  }
}

function planOf(spec: MarketSpec, clock: Clock, pastNs: bigint): RunPlan {
  const { instrument, model } = spec;
  if (spec.source !== "synthetic") {
    return { source: { kind: "file", path: spec.source }, instrument, model };
  }
  const wholeSecondNs = (clock.wallNs() / SECOND_NS) * SECOND_NS;
  return {
    source: {
      kind: "synthetic",
      seed: spec.seed,
      regime: spec.regime as Regime | null,
      startNs: wholeSecondNs - pastNs,
      plan: spec.plan,
    },
    instrument,
    model,
  };
}

function marketOf(
  run: PlannedRun,
  spec: MarketSpec,
  firstBinNs: bigint | null,
  isLate: boolean,
  on: MarketReports,
): Market {
  const { feed, instrument, baseNs } = run;
  const { projection, cacheDir } = spec;
  const { onBin, onSurfaces, onWarning, latency = null, onRefusedBook = () => {} } = on;
  const release = new Release();
  const trades = new TradeOutput(release);
  const output = new GridOutput({ instrument, baseNs, release, trades, latency, onBin });
  const timing = run.timing(firstBinNs);
  const tradeStage = new TradeStage(instrument, {
    ...timing,
    onBin: (frame) => trades.take(frame),
  });
  const surfaces = onSurfaces === undefined
    ? null
    : new SurfaceStage({ feed, instrument, baseNs, release, onWindow: onSurfaces });
  const options = {
    ...timing,
    projection,
    onBin: (frame: GridFrame) => output.take(frame),
    onWarning,
  };
  const pipeline = latency === null
    ? new StreamPipeline(instrument, options)
    : new TimedPipeline(instrument, options, latency.times);
  const warmUp = cacheDir !== undefined && isSeekable(feed)
    ? async () => {
      const target = { file: spec.source, feed, pipeline, instrument };
      const how = await new BookCache(cacheDir, onRefusedBook).prepare(target);
      if (how !== "cold") surfaces?.turnOff();
    }
    : null;
  const late = surfaces !== null && isLate ? new LateSurfaces(surfaces) : null;
  const windows = late ?? surfaces;
  return new Market({
    feed,
    pipeline,
    ahead: windows === null ? [tradeStage] : [tradeStage, windows],
    output,
    release,
    warmUp,
    late,
  });
}

function liveFrom(spec: MarketSpec, market: Market, clock: Clock): number | null {
  if (spec.source === "synthetic") return Number(clock.wallNs() - market.baseNs);
  const chosen = spec.start !== null || spec.date !== null;
  return chosen && market.emitAfterNs > 0 ? market.emitAfterNs : null;
}
