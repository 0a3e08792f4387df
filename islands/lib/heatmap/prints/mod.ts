export { PrintsPane } from "./PrintsPane.tsx";
export { PrintsTab } from "./PrintsTab.tsx";
