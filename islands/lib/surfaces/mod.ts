export { type Actions, createActions } from "./actions.ts";
export { type FeedWord } from "./feed_word.ts";
export { attachKeyboard } from "./keyboard.ts";
export { restoreLook } from "./memory.ts";
export { createState, type SurfaceState, type SurfaceTab } from "./state.ts";
export { ownSurfaces, SurfaceDriver } from "./surface_driver.ts";
