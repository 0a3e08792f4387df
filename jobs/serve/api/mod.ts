export type { ApiState } from "./_endpoint.ts";
export { type DocField, type DocModel, docModel, type DocOperation } from "./doc_model.ts";
export { TAPE_ENDPOINTS } from "./endpoints.ts";
export { JOIN_BY_ID, OPTIONS_SUPPORT, PACKET_BY_ID, PRINTS_BY_TRACE } from "./lookups.ts";
export { missingAnswer } from "./missing_answer.ts";
export { type Json, type JsonObject, openApiDocument } from "./openapi.ts";
export { currentOf, HISTORY, REPLAY } from "./pages.ts";
export { CANDLE_RANGE, EQUITY_RANGE } from "./ranges.ts";
