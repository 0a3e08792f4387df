export { evaluateFile, type FileEvaluation, type FileOptions } from "./evaluate_file.ts";
export { evaluateWorld, WORLD_LAB } from "./evaluate_world.ts";
