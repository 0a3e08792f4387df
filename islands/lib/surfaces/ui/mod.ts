export { GammaPanel } from "./GammaPanel.tsx";
export { SurfacePane } from "./SurfacePane.tsx";
