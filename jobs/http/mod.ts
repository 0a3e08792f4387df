export { invalidBody, type Problem, problem, readJson, sameOrigin } from "./problem.ts";
export { clientAddress } from "./client_address.ts";
