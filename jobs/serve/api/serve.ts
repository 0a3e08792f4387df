import type { z } from "zod";
import { StoreError } from "../../../modules/kit/mod.ts";
import type { ApiCall } from "./api_context.ts";
import { ApiError, errorResponse } from "./api_error.ts";
import type { Endpoint } from "./endpoint.ts";
import { readBody } from "./read_body.ts";

/** Longest address, bytes. */
const MAX_URL_BYTES = 4_096;

/** Time that the reads of one request may take, ms. */
const READ_TIMEOUT_MS = 2_000;

const ID = /^[A-Za-z0-9._:|+-]{1,512}$/;
const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;

function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id");
  return given !== null && REQUEST_ID.test(given) ? given : crypto.randomUUID();
}

/** The rule that was broken first, with the name of the field. */
function detailOf(error: z.ZodError): string {
  const issue = error.issues[0];
  const field = issue?.path.join(".") || "request";
  const missing = issue?.code === "invalid_type" && issue.input === undefined;
  return `${field}: ${missing ? "is missing" : issue?.message ?? "is invalid"}`;
}

function parseQuery(endpoint: Endpoint, url: URL): unknown {
  if (endpoint.query === null) return {};
  const given: Record<string, string> = {};
  for (const name of Object.keys(endpoint.query.shape)) {
    const values = url.searchParams.getAll(name).filter((value) => value !== "");
    if (values.length > 0) given[name] = values.join(",");
  }
  const parsed = endpoint.query.safeParse(given);
  if (!parsed.success) throw new ApiError(400, { detail: detailOf(parsed.error) });
  return parsed.data;
}

async function parseBody(endpoint: Endpoint, request: Request): Promise<unknown> {
  if (endpoint.body === null) return undefined;
  const parsed = endpoint.body.safeParse(await readBody(request));
  if (parsed.success) return parsed.data;
  throw new ApiError(400, {
    code: "invalid_body",
    error: "The body is invalid",
    detail: detailOf(parsed.error),
  });
}

/** A router leaves encoded what has a meaning in URLs, such as a colon. */
function decoded(parameter: string): string {
  try {
    return decodeURIComponent(parameter);
  } catch {
    return parameter;
  }
}

function idOf(endpoint: Endpoint, call: ApiCall): string {
  if (!endpoint.path.includes("{id}")) return "";
  const id = decoded(call.params["id"] ?? "");
  if (ID.test(id)) return id;
  throw new ApiError(400, { detail: "id: must be 1 to 512 letters, digits and . _ : | + -" });
}

/** What a failure is told as. Whatever is not known is an error of the server's own, and logged. */
function asApiError(error: unknown, call: ApiCall, requestId: string): ApiError {
  if (error instanceof ApiError) return error;
  const { log } = call.state.api;
  const cause = error instanceof Error && error.cause !== undefined ? String(error.cause) : "";
  const fields = { path: call.url.pathname, message: String(error), cause, requestId };
  if (error instanceof StoreError) {
    log.warn("request_unavailable", fields);
    return new ApiError(503, { code: error.code, retryAfterMs: 1_000 });
  }
  log.error("request_failed", fields);
  return new ApiError(500);
}

async function answer(
  endpoints: ReadonlyMap<string, Endpoint>,
  call: ApiCall,
): Promise<Response> {
  const { req, url, state } = call;
  const kind = endpoints.values().next().value?.limit ?? null;
  // Probes do not count: a busy client must not make its proxy think that the process is down.
  if (kind !== null) state.api.admit(kind, req, call.info);
  if (req.url.length > MAX_URL_BYTES) throw new ApiError(414);
  const method = req.method === "HEAD" ? "GET" : req.method;
  const found = endpoints.get(method);
  if (found === undefined) {
    const allow = [...endpoints.keys(), ...endpoints.has("GET") ? ["HEAD"] : [], "OPTIONS"];
    const headers = { allow: allow.join(", ") };
    if (method === "OPTIONS") return new Response(null, { status: 204, headers });
    throw new ApiError(405, { headers });
  }
  const result = await found.run({
    id: idOf(found, call),
    query: parseQuery(found, url),
    body: await parseBody(found, req),
    tape: state.tape,
    api: state.api,
    signal: AbortSignal.timeout(READ_TIMEOUT_MS),
  });
  if (result instanceof Response) return result;
  return Response.json(result, { headers: { "cache-control": "no-store" } });
}

/** Lets pages of allowed origins read the answer. */
function allowOrigin(response: Response, call: ApiCall): void {
  const origin = call.req.headers.get("origin");
  response.headers.append("vary", "origin");
  if (origin === null || !call.state.api.allowsOrigin(origin)) return;
  response.headers.set("access-control-allow-origin", origin);
  response.headers.set("access-control-expose-headers", "retry-after, x-request-id");
  if (call.req.method !== "OPTIONS") return;
  response.headers.set("access-control-allow-methods", "GET, POST");
  response.headers.set("access-control-allow-headers", "content-type, x-request-id");
  response.headers.set("access-control-max-age", "600");
}

/**
 * Answers the requests of one path. Everything from the first parameter on happens inside one error
 * boundary: a bad request is answered with what is wrong with it, a failure with its kind and no more.
 *
 * @param endpoints Endpoints of the path, one per method.
 */
export function serve(...endpoints: readonly Endpoint[]): (call: ApiCall) => Promise<Response> {
  return serveOne(() => new Map(endpoints.map((each) => [each.method, each])));
}

/** Like {@link serve}, with the endpoint chosen by a parameter of the path; unknown names are 404. */
export function serveByName(
  parameter: string,
  endpoints: ReadonlyMap<string, Endpoint>,
): (call: ApiCall) => Promise<Response> {
  return serveOne((call) => {
    const found = endpoints.get(call.params[parameter] ?? "");
    if (found === undefined) {
      const known = [...endpoints.keys()].join(", ");
      throw new ApiError(404, { code: "unknown_stream", detail: `${parameter}: one of ${known}` });
    }
    return new Map([[found.method, found]]);
  });
}

function serveOne(
  choose: (call: ApiCall) => ReadonlyMap<string, Endpoint>,
): (call: ApiCall) => Promise<Response> {
  return async (call) => {
    const requestId = requestIdOf(call.req);
    let response: Response;
    try {
      response = await answer(choose(call), call);
    } catch (error) {
      response = errorResponse(asApiError(error, call, requestId), requestId);
    }
    response.headers.set("x-request-id", requestId);
    allowOrigin(response, call);
    return response;
  };
}
