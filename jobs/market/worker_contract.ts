import type { ControlTimeline } from "../../engine/regime/mod.ts";
import type { FeedCommand, FeedState } from "../../modules/feed/contract.ts";
import type { LogLine, Port } from "../kit/mod.ts";
import type { LatencySettings, LatencySummary } from "./latency/mod.ts";
import type { EncodedBin, MarketSpec, RuntimeConfig } from "./protocol.ts";
import type { SurfaceWindow } from "./surface_window.ts";
import type { SignalStretch } from "./signal_ledger.ts";

/** What a market's worker answers. */
export interface MarketVerbs {
  /** Opens a feed in place of the running one; a failure is told by the state that it answers with. */
  open(spec: MarketSpec): FeedState;
  /** Runs a command and answers with the state after it; throws what the feed refuses. */
  command(command: FeedCommand): FeedState;
  /** Tells the control timeline after a change. */
  control(timeline: ControlTimeline): void;
  /** Whether somebody follows the bins as they come; true until told otherwise. */
  watched(isWatched: boolean): void;
  /** Measures what the bins of every feed that is opened from now on take. */
  measure(settings: LatencySettings): void;
  /** The directional signals over some of the newest bins; null when one of them is not kept. */
  signals(bins: { readonly from: number; readonly to: number }): SignalStretch | null;
}

/** What it tells. */
export interface MarketNews {
  config(config: RuntimeConfig): void;
  /** Takes a credit. */
  bin(bin: EncodedBin): void;
  /** All surfaces of a window that closed; its buffer moves. */
  surfaces(window: SurfaceWindow): void;
  state(state: FeedState): void;
  /** What was sent before is of another feed or another time. */
  reset(reason: string): void;
  latency(summary: LatencySummary): void;
  log(line: LogLine): void;
}

/** The worker's end of the connection. */
export type MarketHostPort = Port<MarketVerbs, MarketNews>;
