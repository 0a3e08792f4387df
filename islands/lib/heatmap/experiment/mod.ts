export { ExperimentTab } from "./ExperimentTab.tsx";
export { restoreExperiment } from "./restore.ts";
