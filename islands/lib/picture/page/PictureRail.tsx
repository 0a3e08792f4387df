import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Icon, SiteNav } from "../../pane/mod.ts";

/** What the rail is made with. */
export interface PictureRailProps {
  /** Path of the page. */
  readonly page: string;
  readonly state: { readonly followSpot: Signal<boolean> };
  readonly actions: { readonly toggleFollow: () => void; readonly toggleHelp: () => void };
  /** Tools of the page's own. */
  readonly children?: ComponentChildren;
}

/** The left rail: pages, then tools of the picture. */
export function PictureRail({ page, state, actions, children }: PictureRailProps) {
  return (
    <SiteNav current={page}>
      <button
        type="button"
        aria-pressed={state.followSpot.value ? "true" : "false"}
        title="Follow spot (L)"
        onClick={actions.toggleFollow}
      >
        <Icon name="follow" />
        <span class="sr">Follow spot</span>
      </button>
      {children}
      <button type="button" title="Keyboard shortcuts (?)" onClick={actions.toggleHelp}>
        <Icon name="help" />
        <span class="sr">Keyboard shortcuts</span>
      </button>
    </SiteNav>
  );
}
