export {
  type ApiCall,
  ApiContext,
  type ApiState,
  type Check,
  type CheckResult,
} from "./api_context.ts";
export { ApiError, ErrorBody, errorResponse, type ErrorStatus } from "./api_error.ts";
export { type Endpoint, endpoint } from "./endpoint.ts";
export { ENDPOINTS } from "./endpoints.ts";
export { JOIN_BY_ID, OPTIONS_SUPPORT, PACKET_BY_ID, PRINTS_BY_TRACE } from "./lookups.ts";
export { missingAnswer } from "./missing_answer.ts";
export { refuseMalformed } from "./request_guard.ts";
export { currentOf, HISTORY, REPLAY } from "./pages.ts";
export { HEALTH, READY } from "./probes.ts";
export { CANDLES, EQUITY_RANGE } from "./ranges.ts";
export type { RateClass } from "./rate_limiter.ts";
export { serve, serveByName } from "./serve.ts";
export type { DocField, DocModel, DocOperation } from "./doc_model.ts";
export { apiDocument, apiDocumentation } from "./document.ts";
export { type Json, type JsonObject, openApiDocument } from "./openapi.ts";
export type { Operation } from "./operation.ts";
export { OPERATIONS } from "./operations.ts";
export { readBody } from "./read_body.ts";
