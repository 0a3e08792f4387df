// Everything of an experiment that is fetched only when there is one: a single piece of script.
export { ExperimentPanel } from "../ui/mod.ts";
export { readParameters } from "./parameter_text.ts";
