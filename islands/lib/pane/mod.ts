export { saveFile, savePicture } from "./save_file.ts";
export { Check } from "./Check.tsx";
export { type Desk, type PaneLabel } from "./desk.ts";
export { type EvidenceRef } from "./evidence_ref.ts";
export { PaneFrame } from "./PaneFrame.tsx";
export { type PaneFace, type PaneKind, type PaneProps } from "./pane_kind.ts";
export {
  GROUP_COLOURS,
  type GroupColour,
  type GroupLook,
  type GroupLooks,
  type PaneNode,
} from "./pane_node.ts";
export { useAlive } from "./use_alive.ts";
export { Icon, type IconName } from "./icons.tsx";
export { type BadgeState, ScreenBadge } from "./ScreenBadge.tsx";
export { rowScreen } from "./row_screen.ts";
export { News } from "./News.tsx";
export { rowProvenance, Stamp } from "./Stamp.tsx";
export { type Chord, type ChordPlace, CHORDS, isPageKey, PAGE_CHORDS } from "./chords.ts";
export { capOf, KeySheet } from "./KeySheet.tsx";
export { PagesMenu, SiteNav } from "./SiteNav.tsx";
export { StatusItem } from "./StatusItem.tsx";
export { useDialog } from "./use_dialog.ts";
export { useOnDemand } from "./use_on_demand.ts";
export { Menu } from "./Menu.tsx";
export { useDismiss } from "./use_dismiss.ts";
