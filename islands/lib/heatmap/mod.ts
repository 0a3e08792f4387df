export { createActions, restorePalette } from "./actions.ts";
export { COLUMN } from "./column_store.ts";
export { attachKeyboard } from "./keyboard.ts";
export { createState, type HeatmapState, type Tab } from "./state.ts";
export { sharedMarket } from "./bin_source.ts";
export { HeatmapDriver } from "./heatmap_driver.ts";
