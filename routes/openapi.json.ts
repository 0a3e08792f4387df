import { apiDocument } from "../jobs/serve/api/mod.ts";

/** The OpenAPI document of every operation. */
export function handler(): Response {
  return Response.json(apiDocument(), { headers: { "access-control-allow-origin": "*" } });
}
