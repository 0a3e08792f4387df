import type { Recorder } from "../lake/capture/mod.ts";
import type { Hub } from "../kit/mod.ts";
import type { RateWindow } from "../kit/http/mod.ts";
import type { LiveHost } from "./rows/mod.ts";
import type { ReplaySessions } from "./replay/mod.ts";
import type { Control } from "../control/mod.ts";
import type { AdminProxy, Operators } from "./operator/mod.ts";
import type { ApiState } from "./api/mod.ts";
import type { Terminal } from "./terminal.ts";

/** What every request carries. */
export interface State extends ApiState {
  /** The topics of the process and what slow readers left out. */
  hub: Hub;
  terminal: Terminal;
  /** Records the shared feed, so many times a minute. */
  recorder: Recorder;
  recordingLimit: RateWindow;
  /** The tape of options and equities, and its sockets. */
  live: LiveHost;
  /** Replays of the stored tape. */
  replays: ReplaySessions;
  control: Control;
  operators: Operators;
  adminProxy: AdminProxy;
}
