import { newYorkDate, newYorkNs, newYorkText } from "../../engine/clock/mod.ts";
import type {
  InstrumentConfig,
  ProjectionModel as EngineProjection,
} from "../../engine/pressure/mod.ts";
import type { Regime } from "../../modules/feed/contract.ts";
import { BookCache } from "../feeds/books/mod.ts";
import type { LatencyMeter } from "./latency/mod.ts";
import type { Clock } from "../kit/mod.ts";
import {
  type Feed,
  FeedError,
  instrumentFor,
  LatentPlan,
  ReplayFeed,
  SyntheticFeed,
} from "../feeds/mod.ts";
import { Market } from "./market.ts";
import type { EncodedBin, MarketSpec, ProjectionModel, RuntimeConfig } from "./protocol.ts";
import { runtimeConfig } from "./runtime_config.ts";

/** A market that is ready to be stepped. */
export interface OpenedMarket {
  readonly market: Market;
  readonly config: RuntimeConfig;
  /** Offset up to which bins are history; null when the first event decides. */
  readonly liveFromNs: number | null;
}

async function openFeed(spec: MarketSpec, clock: Clock, historyNs: number): Promise<Feed> {
  if (spec.source !== "synthetic") return await ReplayFeed.open(spec.source);
  const second = 1_000_000_000n;
  const startNs = (clock.wallNs() / second) * second - BigInt(historyNs);
  const plan = spec.plan === null ? null : new LatentPlan(spec.plan);
  return new SyntheticFeed(spec.seed, spec.regime as Regime | null, startNs, plan);
}

const DAY_NS = 86_400_000_000_000n;
/** Offsets count from a month before the session, so that times of old orders are above 0 too. */
const BASE_BEFORE_DAYS = 32n;

/** Epoch ns that the offsets of a run count from, by the time at which its feed starts. */
export function baseNsOf(startNs: bigint): bigint {
  const day = startNs / DAY_NS;
  return day > BASE_BEFORE_DAYS ? (day - BASE_BEFORE_DAYS) * DAY_NS : 0n;
}

/**
 * A recording that opens with a snapshot begins after it: the orders in it are as old as they are, and
 * booked they are no flow.
 */
function startAfterSnapshot(feed: Pick<Feed, "startNs" | "opensWithSnapshot">): bigint | null {
  return feed.opensWithSnapshot ? feed.startNs : null;
}

/** The projection as the engine takes it. */
export function engineProjection(model: ProjectionModel): EngineProjection {
  return {
    useCubic: model.form === "cubic",
    linear: model.form === "linear",
    cubicScale: model.cubicScale,
    dampingLambda: model.dampingLambda,
  };
}

/**
 * First bin that a spec asks for, epoch ns; null leaves it to the first event.
 *
 * @throws {FeedError} `out_of_range` when the recording does not hold it.
 */
export function startOf(
  spec: Pick<MarketSpec, "date" | "start">,
  feed: Pick<Feed, "kind" | "startNs" | "endNs" | "opensWithSnapshot">,
  { cell_width_ms: cellMs }: Pick<InstrumentConfig, "cell_width_ms">,
): bigint | null {
  const { date, start } = spec;
  const { startNs, endNs } = feed;
  if (date === null && start === null) return startAfterSnapshot(feed);
  if (feed.kind !== "replay" || startNs === null) {
    throw new FeedError("out_of_range", "Cannot choose the start of a market without a recording");
  }
  const firstDate = newYorkDate(startNs);
  const lastDate = endNs === null || endNs <= startNs ? firstDate : newYorkDate(endNs - 1n);
  const wanted = date ?? firstDate;
  if (wanted < firstDate || wanted > lastDate) {
    const range = firstDate === lastDate ? firstDate : `${firstDate} to ${lastDate}`;
    throw new FeedError(
      "out_of_range",
      `Cannot replay ${wanted} as the file holds ${range}, New York dates`,
    );
  }
  if (start === null && wanted === firstDate) return startAfterSnapshot(feed);
  const atNs = newYorkNs(wanted, start ?? "00:00");
  if (atNs < startNs - BigInt(cellMs * 1_000_000) || (endNs !== null && atNs >= endNs)) {
    throw new FeedError(
      "out_of_range",
      `Cannot start at ${wanted} ${start} New York time as the file runs from ` +
        `${newYorkText(startNs)} to ${endNs === null ? "its end" : newYorkText(endNs)}`,
    );
  }
  return atNs;
}

/**
 * Opens the feed and the pipeline that a spec asks for.
 *
 * @param historyBins Bins of history that a synthetic market makes before it goes live.
 * @throws {FeedError} When the file or the instrument is missing.
 * @throws {DbnError} When the file's beginning is damaged.
 */
export async function openMarket(
  spec: MarketSpec,
  clock: Clock,
  historyBins: number,
  on: {
    readonly onBin: (bin: EncodedBin) => void;
    readonly onWarning: (message: string) => void;
    readonly latency?: LatencyMeter;
    readonly onRefusedBook?: (file: string, code: string, why: string) => void;
  },
): Promise<OpenedMarket> {
  const feed = await openFeed(spec, clock, historyBins * 100_000_000);
  try {
    const startNs = feed.startNs ?? clock.wallNs();
    const own = feed.kind === "synthetic" ? "synthetic" : "";
    const found = await instrumentFor(spec.instrument || own, feed.symbol);
    const instrument: InstrumentConfig = spec.model === null
      ? found.config
      : { ...found.config, pressure_model: spec.model };
    const market = new Market({
      feed,
      instrument,
      projection: engineProjection(spec.projection),
      baseNs: baseNsOf(startNs),
      startNs: startOf(spec, feed, instrument),
      ...on,
    });
    if (spec.cacheDir !== undefined && feed.kind === "replay") {
      const cache = new BookCache(spec.cacheDir, on.onRefusedBook ?? (() => {}));
      await market.warmFrom(cache, spec.source);
    }
    const config = runtimeConfig(instrument, found.name, spec.projection);
    return { market, config, liveFromNs: liveFrom(spec, market, clock) };
  } catch (error) {
    feed.close();
    throw error;
  }
}

function liveFrom(spec: MarketSpec, market: Market, clock: Clock): number | null {
  if (spec.source === "synthetic") return Number(clock.wallNs() - market.baseNs);
  const chosen = spec.start !== null || spec.date !== null;
  return chosen && market.emitAfterNs > 0 ? market.emitAfterNs : null;
}
