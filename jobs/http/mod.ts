export { invalidBody, type Problem, problem, readJson, sameOrigin } from "./problem.ts";
