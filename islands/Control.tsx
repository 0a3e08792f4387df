import { ControlDrawer } from "./lib/drawer/mod.ts";

/** The operators' drawer; pages render it only where the server's settings say so. */
export default function OperatorDrawer() {
  return <ControlDrawer />;
}
