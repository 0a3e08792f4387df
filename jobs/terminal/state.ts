import type { LiveHost } from "../live/mod.ts";
import type { Control } from "../control/mod.ts";
import type { ApiState } from "../api/mod.ts";
import type { Terminal } from "./terminal.ts";

/** What every request carries. */
export interface State extends ApiState {
  terminal: Terminal;
  /** The tape of options and equities, and its sockets. */
  live: LiveHost;
  control: Control;
}
