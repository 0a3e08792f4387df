// What the heatmap shows only where it is a page of its own.
export { HeatmapBar } from "./HeatmapBar.tsx";
export { HelpSheet } from "./HelpSheet.tsx";
export { lookAt } from "./look_at.ts";
export { Rail } from "./Rail.tsx";
export { StatusBar } from "./StatusBar.tsx";
