import type { Recorder } from "../lake/capture/mod.ts";
import type { RateWindow } from "../kit/http/mod.ts";
import type { LiveHost } from "./rows/mod.ts";
import type { ReplaySessions } from "./replay/mod.ts";
import type { ControlHost } from "../control/mod.ts";
import type { AdminApi, AdminProxy, Operators } from "./operator/mod.ts";
import type { ApiState } from "./api/mod.ts";
import type { MarketHost } from "./market_host.ts";

/** What every request carries. */
export interface State extends ApiState {
  market: MarketHost;
  /** Records the shared feed, so many times a minute. */
  recorder: Recorder;
  recordingLimit: RateWindow;
  /** The tape of options and equities, and its sockets. */
  live: LiveHost;
  /** Replays of the stored tape. */
  replays: ReplaySessions;
  control: ControlHost;
  operators: Operators;
  admin: AdminApi;
  adminProxy: AdminProxy;
}
