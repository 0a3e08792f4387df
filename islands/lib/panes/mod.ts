export { paneIds, paneKind, PANES } from "./panes.ts";
