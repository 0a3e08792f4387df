export { PrintsPane } from "./PrintsPane.tsx";
export { PrintsTab, type PrintsTabProps } from "./PrintsTab.tsx";
