export { invalidBody, type Problem, problem, readJson, sameOrigin } from "./problem.ts";
export { withSecurityHeaders } from "./security_headers.ts";
export { clientAddress } from "./client_address.ts";
export { clientNetwork } from "./client_network.ts";
export { RateWindow } from "./rate_window.ts";
export { readText } from "./read_text.ts";
export { peerAddress } from "./peer.ts";
