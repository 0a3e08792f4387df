export { createActions, restorePalette } from "./actions.ts";
export { attachKeyboard } from "./keyboard.ts";
export { createState, type HeatmapState, type Tab } from "./state.ts";
export { HeatmapDriver, streamUrl } from "./heatmap_driver.ts";
