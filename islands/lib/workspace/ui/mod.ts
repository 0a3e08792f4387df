export { Metrics, Tabs, WorkspaceRail } from "./Bars.tsx";
export { PaneGrid } from "./PaneGrid.tsx";
export { Help } from "./Help.tsx";
export { Layouts } from "./Layouts.tsx";
export { Palette } from "./Palette.tsx";
export { WorkspaceBar } from "./WorkspaceBar.tsx";
