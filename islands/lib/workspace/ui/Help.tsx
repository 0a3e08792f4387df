import { type ChordPlace, KeySheet } from "../../pane/mod.ts";
import { kindChords } from "../keys.ts";
import type { WorkspaceDesk } from "../workspace_desk.ts";

const PLACES: readonly ChordPlace[] = [
  "every page",
  "workspace",
  "tape",
  "alerts",
  "chart",
  "chain",
  "heatmap",
  "surfaces",
];

/** The keys of the workspace and of its panes. */
export function Help({ desk }: { readonly desk: WorkspaceDesk }) {
  return (
    <KeySheet
      isOpen={desk.overlays.value.includes("help")}
      close={() => desk.shut("help")}
      places={PLACES}
      more={["Go to a pane", kindChords(desk.kinds)]}
    >
      A pane is dragged by its head: dropped in the middle of another one the two swap, near a side
      it stands there, and Esc leaves all as it was. Scrolling down holds a tape and queues new
      rows.
    </KeySheet>
  );
}
