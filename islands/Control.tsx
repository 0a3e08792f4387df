import { ControlDrawer } from "./lib/drawer/mod.ts";
import { useAlive } from "./lib/pane/mod.ts";

/** The operators' drawer; pages render it only where the server's settings say so. */
export default function OperatorDrawer() {
  useAlive("Control");
  return <ControlDrawer />;
}
