import type { PaneProps } from "../workspace/pane_kind.ts";
import { PaneFrame } from "../workspace/ui/PaneFrame.tsx";

/** Symbols worth a look, the most active first. */
export function TickerRail(props: PaneProps) {
  return (
    <PaneFrame {...props}>
      <p class="tape-empty">No activity yet.</p>
    </PaneFrame>
  );
}
