export { ApiError, ErrorBody, errorResponse, type ErrorStatus } from "./api_error.ts";
export { clientAddress } from "./client_address.ts";
export { clientNetwork } from "./client_network.ts";
export {
  type Call,
  type Endpoint,
  type EndpointAccess,
  type EndpointInput,
  type EndpointMethod,
  endpointsOf,
  type EndpointSpec,
  type GuardState,
  type QuerySchema,
} from "./endpoint.ts";
export { CSRF_HEADER, Guard, type GuardOptions, type Identity, type Operator } from "./guard.ts";
export { peerAddress } from "./peer.ts";
export type { RateClass, RateLimits } from "./rate_limiter.ts";
export { RateWindow } from "./rate_window.ts";
export { readBodyText } from "./read_body_text.ts";
export { refuseMalformed } from "./request_guard.ts";
export { requestOrigin } from "./request_origin.ts";
export { withSecurityHeaders } from "./security_headers.ts";
export { serve, serveByName, servePage } from "./serve.ts";
