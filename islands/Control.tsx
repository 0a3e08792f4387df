import { ControlDrawer } from "./lib/drawer/ControlDrawer.tsx";
import { useAlive } from "./lib/ui/use_alive.ts";

/** The operators' drawer; pages render it only where the server's settings say so. */
export default function Control() {
  useAlive("Control");
  return <ControlDrawer />;
}
