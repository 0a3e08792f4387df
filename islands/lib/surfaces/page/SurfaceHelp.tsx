import { KeySheet } from "../../pane/mod.ts";
import type { SurfaceState } from "../state.ts";

/** The keys of the page of the surfaces. */
export function SurfaceHelp({ state }: { readonly state: SurfaceState }) {
  return (
    <KeySheet
      isOpen={state.helpOpen.value}
      close={() => state.helpOpen.value = false}
      places={["every page", "surfaces"]}
    >
      Wheel zooms time, with Shift price, with Ctrl both. Drag pans, double click goes back to the
      newest second with the spot in the middle. A click or Enter chooses a second. On touch: drag,
      pinch, tap for the crosshair.
    </KeySheet>
  );
}
