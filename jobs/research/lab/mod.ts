export { evaluateFile, type FileEvaluation, type FileOptions } from "./evaluate_file.ts";
export { evaluateWorld } from "./evaluate_world.ts";
