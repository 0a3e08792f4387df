import { useAlive } from "./lib/pane/mod.ts";
import { WelcomeStrip, type WelcomeStripProps } from "./lib/welcome/mod.ts";

/** The strip of the first visit. */
export default function Welcome(props: WelcomeStripProps) {
  useAlive("Welcome");
  return <WelcomeStrip {...props} />;
}
