import type { PaneProps } from "../workspace/pane_kind.ts";
import { TapePane } from "../tape/ui/TapePane.tsx";

/** Alerts of the classifier. */
export function AlertsPane(props: PaneProps) {
  return (
    <TapePane
      {...props}
      channel="alerts"
      empty="No alert yet. Alerts follow events with a high score."
    />
  );
}
