import type { Actions } from "../actions.ts";
import type { HeatmapState } from "../state.ts";
import { Icon, SiteNav } from "../../pane/mod.ts";

/** The left rail: pages, then tools of the picture. */
export function Rail(
  { state, actions }: { readonly state: HeatmapState; readonly actions: Actions },
) {
  return (
    <SiteNav current="/heatmap">
      <button
        type="button"
        aria-pressed={state.followSpot.value ? "true" : "false"}
        title="Follow spot (L)"
        onClick={actions.toggleFollow}
      >
        <Icon name="follow" />
        <span class="sr">Follow spot</span>
      </button>
      <button
        type="button"
        title={`Palette: ${state.palette.value} (P)`}
        onClick={actions.nextPalette}
      >
        <Icon name="palette" />
        <span class="sr">Palette: {state.palette.value}</span>
      </button>
      <button type="button" title="Keyboard shortcuts (?)" onClick={actions.toggleHelp}>
        <Icon name="help" />
        <span class="sr">Keyboard shortcuts</span>
      </button>
    </SiteNav>
  );
}
