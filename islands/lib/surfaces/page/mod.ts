// What the surfaces show only where they are a page of their own.
export { SurfaceBar } from "./SurfaceBar.tsx";
export { SurfaceHelp } from "./SurfaceHelp.tsx";
export { SurfaceStatus } from "./SurfaceStatus.tsx";
