import type { Control } from "../control/mod.ts";
import type { AdminProxy, Operators } from "../operator/mod.ts";
import type { Terminal } from "./terminal.ts";

/** What every request carries. */
export interface State {
  terminal: Terminal;
  control: Control;
  operators: Operators;
  adminProxy: AdminProxy;
}
