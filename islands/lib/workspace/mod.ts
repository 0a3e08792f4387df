export { attachWorkspaceKeys, isReserved } from "./keys.ts";
export { GROUP_COLOURS, type PaneNode } from "./layout.ts";
export { layoutFromUrl } from "./layout_codec.ts";
export { readMemory, rememberLayout, rememberSaved, type SavedLayout } from "./memory.ts";
export { type EvidenceRef, readSymbols, Workspace } from "./workspace.ts";
