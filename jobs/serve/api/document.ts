import { type DocModel, docModel } from "./doc_model.ts";
import { type JsonObject, openApiDocument } from "./openapi.ts";
import { OPERATIONS } from "./operations.ts";

let document: JsonObject | null = null;
let model: DocModel | null = null;

/** The OpenAPI document of this server; made when it is first asked for. */
export function apiDocument(): JsonObject {
  return document ??= openApiDocument(OPERATIONS);
}

/** The same as the documentation page shows it. */
export function apiDocumentation(): DocModel {
  return model ??= docModel(apiDocument());
}
