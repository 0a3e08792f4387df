// Everything of an experiment that is fetched only when there is one: a single piece of script.
export { ExperimentPanel } from "./ExperimentPanel.tsx";
export { readParameters } from "./parameter_text.ts";
