export { ControlDrawer } from "./ControlDrawer.tsx";
