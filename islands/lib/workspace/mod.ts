export { attachWorkspaceKeys } from "./keys.ts";
export { layoutFromUrl } from "./layout_codec.ts";
export { readMemory, rememberLayout, rememberSaved, type SavedLayout } from "./memory.ts";
export { WorkspaceDesk } from "./workspace_desk.ts";
