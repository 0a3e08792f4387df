import type { Terminal } from "./terminal.ts";

/** What every request carries. */
export interface State {
  terminal: Terminal;
}
