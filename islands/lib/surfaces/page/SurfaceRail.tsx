import { Icon, SiteNav } from "../../pane/mod.ts";
import type { Actions } from "../actions.ts";
import type { SurfaceState } from "../state.ts";

/** The left rail: pages, then tools of the picture. */
export function SurfaceRail(
  { state, actions }: { readonly state: SurfaceState; readonly actions: Actions },
) {
  return (
    <SiteNav current="/surfaces">
      <button
        type="button"
        aria-pressed={state.followSpot.value ? "true" : "false"}
        title="Follow spot (L)"
        onClick={actions.toggleFollow}
      >
        <Icon name="follow" />
        <span class="sr">Follow spot</span>
      </button>
      <button type="button" title="Keyboard shortcuts (?)" onClick={actions.toggleHelp}>
        <Icon name="help" />
        <span class="sr">Keyboard shortcuts</span>
      </button>
    </SiteNav>
  );
}
