export { CellTable } from "./CellTable.tsx";
export { FeedGate } from "./FeedGate.tsx";
export { HeatmapPane } from "./HeatmapPane.tsx";
export { PrintsSide } from "./PrintsSide.tsx";
export { ReplayBar } from "./ReplayBar.tsx";
export { SideTabs } from "./SideTabs.tsx";
export { SignalPanel } from "./SignalPanel.tsx";
