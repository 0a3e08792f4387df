import { Icon } from "../../pane/mod.ts";
import { PictureRail } from "../../picture/page/mod.ts";
import type { Actions } from "../actions.ts";
import type { HeatmapState } from "../state.ts";

/** The left rail: pages, then tools of the picture. */
export function Rail(
  { state, actions }: { readonly state: HeatmapState; readonly actions: Actions },
) {
  return (
    <PictureRail page="/heatmap" state={state} actions={actions}>
      <button
        type="button"
        title={`Palette: ${state.palette.value} (P)`}
        onClick={actions.nextPalette}
      >
        <Icon name="palette" />
        <span class="sr">Palette: {state.palette.value}</span>
      </button>
    </PictureRail>
  );
}
