export { PaneFrame } from "./PaneFrame.tsx";
export { type PaneKind, type PaneProps } from "./pane_kind.ts";
