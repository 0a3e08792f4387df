import type { ControlHost } from "../control/mod.ts";
import type { GuardState } from "../kit/http/mod.ts";
import type { Hub, Readiness, SocketHost } from "../kit/mod.ts";
import type { Recorder } from "../lake/capture/mod.ts";
import type { ResultStore } from "../research/analysis/mod.ts";
import type { TapeService } from "../tape/mod.ts";
import type { ApiState } from "./api/mod.ts";
import type { MarketHost } from "./market_host.ts";
import type { AdminApi, AdminProxy, Operators } from "./operator/mod.ts";
import type { ReplaySessions } from "./replay/mod.ts";
import type { LiveHub, StreamHub } from "./rows/mod.ts";
import type { SurfaceHost } from "./surfaces/mod.ts";

/** What the sockets of the tape stand on. */
export interface SocketState extends GuardState {
  /** The gate of all sockets. */
  sockets: SocketHost;
  /** Rows by the live protocol. */
  live: LiveHub;
  /** Whole streams. */
  streams: StreamHub;
  /** Replays of the stored tape. */
  replays: ReplaySessions;
}

/** What the streams of surfaces stand on. */
export interface SurfaceState extends GuardState {
  /** The gate of all sockets. */
  sockets: SocketHost;
  /** Windows of the market's surfaces, and who reads them. */
  surfaces: SurfaceHost;
}

/** What every request carries. */
export interface State extends ApiState, SocketState, SurfaceState {
  /** The topics of the process and what slow readers left out. */
  hub: Hub;
  market: MarketHost;
  /** Records the shared feed. */
  recorder: Recorder;
  /** Makes the tape of options and equities. */
  tapeService: TapeService;
  control: ControlHost;
  operators: Operators;
  admin: AdminApi;
  adminProxy: AdminProxy;
  /** Results of analyses. */
  results: ResultStore;
  readiness: Readiness;
}
