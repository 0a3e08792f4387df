import { newYorkNs } from "../../engine/clock/mod.ts";
import type {
  InstrumentConfig,
  ProjectionModel as EngineProjection,
} from "../../engine/pressure/mod.ts";
import type { Regime } from "../../modules/control/contract.ts";
import type { Clock } from "./clock.ts";
import type { Feed } from "./feed.ts";
import { instrumentFor } from "./instruments.ts";
import { Market } from "./market.ts";
import type { EncodedBin, MarketSpec, ProjectionModel, RuntimeConfig } from "./protocol.ts";
import { ReplayFeed } from "./replay_feed.ts";
import { runtimeConfig } from "./runtime_config.ts";
import { SyntheticFeed } from "./synthetic_feed.ts";

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
  return new SyntheticFeed(spec.seed, spec.regime as Regime | null, startNs);
}

const DAY_NS = 86_400_000_000_000n;
/** Offsets count from a month before the session, so that older times are above 0 too. */
const BASE_BEFORE_DAYS = 32n;

/** Epoch ns that the offsets of a run count from, by the time at which its feed starts. */
export function baseNsOf(startNs: bigint): bigint {
  return (startNs / DAY_NS - BASE_BEFORE_DAYS) * DAY_NS;
}

/** UTC date of an instant, YYYY-MM-DD: the session date of a feed that starts then. */
export function sessionDateOf(startNs: bigint): string {
  return new Date(Number(startNs / 1_000_000n)).toISOString().slice(0, 10);
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
  on: { onBin: (bin: EncodedBin) => void; onWarning: (message: string) => void },
): Promise<OpenedMarket> {
  const feed = await openFeed(spec, clock, historyBins * 100_000_000);
  try {
    const startNs = feed.startNs ?? clock.wallNs();
    const found = await instrumentFor(spec.instrument, feed.symbol);
    const instrument: InstrumentConfig = spec.model === null
      ? found.config
      : { ...found.config, pressure_model: spec.model };
    const market = new Market({
      feed,
      instrument,
      projection: engineProjection(spec.projection),
      baseNs: baseNsOf(startNs),
      startNs: spec.start === null ? null : newYorkNs(sessionDateOf(startNs), spec.start),
      ...on,
    });
    const config = runtimeConfig(instrument, found.name, spec.projection);
    return { market, config, liveFromNs: liveFrom(spec, market, clock) };
  } catch (error) {
    feed.close();
    throw error;
  }
}

function liveFrom(spec: MarketSpec, market: Market, clock: Clock): number | null {
  if (spec.source === "synthetic") return Number(clock.wallNs() - market.baseNs);
  return spec.start === null ? null : market.emitAfterNs;
}
