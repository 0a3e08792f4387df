export { PANES } from "./panes.ts";
