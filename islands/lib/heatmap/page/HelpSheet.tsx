import { KeySheet } from "../../pane/mod.ts";
import type { HeatmapState } from "../state.ts";

/** The keys of the heatmap's page. */
export function HelpSheet({ state }: { readonly state: HeatmapState }) {
  return (
    <KeySheet
      isOpen={state.helpOpen.value}
      close={() => state.helpOpen.value = false}
      places={["every page", "heatmap"]}
    >
      Wheel zooms time, with Shift price, with Ctrl both. Drag pans, double click resets. On touch:
      drag, pinch, tap for the crosshair.
    </KeySheet>
  );
}
