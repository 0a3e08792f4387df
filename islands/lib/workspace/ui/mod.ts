export { Metrics, Tabs, WorkspaceRail } from "./Bars.tsx";
export { Grid } from "./Grid.tsx";
export { Help } from "./Help.tsx";
export { Layouts } from "./Layouts.tsx";
export { Palette } from "./Palette.tsx";
export { WorkspaceBar } from "./WorkspaceBar.tsx";
