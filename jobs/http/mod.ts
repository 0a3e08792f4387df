export { invalidBody, type Problem, problem, readJson, sameOrigin } from "./problem.ts";
export { RateWindow } from "./rate_window.ts";
export { readText } from "./read_text.ts";
export { clientAddress, peerAddress } from "./peer.ts";
