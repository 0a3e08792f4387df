export { HeatmapView } from "./HeatmapView.tsx";
