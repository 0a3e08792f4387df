export { createActions, rememberedPalette } from "./actions.ts";
export { attachKeyboard } from "./keyboard.ts";
export { PLANE } from "./planes.ts";
export { REGIME_LABELS } from "./regimes.ts";
export { createState, type Tab, type TerminalState } from "./state.ts";
export { streamUrl, Terminal } from "./terminal.ts";
