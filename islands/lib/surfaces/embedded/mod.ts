export { SurfaceDeskView } from "./SurfaceDeskView.tsx";
