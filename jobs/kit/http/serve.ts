import type { z } from "zod";
import { ApiError, brokenRule, errorResponse } from "./api_error.ts";
import type { Call, Endpoint, GuardState } from "./endpoint.ts";
import { CSRF_HEADER, type Operator, sameOrigin } from "./guard.ts";
import { readBody } from "./read_body.ts";

/** Longest address, bytes. */
const MAX_URL_BYTES = 4_096;

/** Time that the reads of one request may take, ms. */
const READ_TIMEOUT_MS = 2_000;

const ID = /^[A-Za-z0-9._:|+-]{1,512}$/;
const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/;

/** Endpoints of one path by their method. */
type Methods<S> = ReadonlyMap<string, Endpoint<S>>;

function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id");
  return given !== null && REQUEST_ID.test(given) ? given : crypto.randomUUID();
}

function check<T>(schema: z.ZodType<T>, value: unknown, error: ErrorKind): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ApiError(error.status, { ...error, detail: brokenRule(parsed.error) });
}

interface ErrorKind {
  readonly status: 400 | 422;
  readonly code: string;
  readonly error: string;
}

function parseQuery<S>({ query, invalid, raw }: Endpoint<S>, url: URL): unknown {
  if (query === null || raw) return {};
  const given: Record<string, string> = {};
  for (const name of Object.keys(query.shape)) {
    const values = url.searchParams.getAll(name).filter((value) => value !== "");
    if (values.length > 0) given[name] = values.join(",");
  }
  return check(query, given, {
    status: invalid,
    code: "invalid_query",
    error: "The query is invalid",
  });
}

async function parseBody<S>(endpoint: Endpoint<S>, request: Request): Promise<unknown> {
  const { body, bodyBytes, invalid, raw } = endpoint;
  if (body === null || raw) return undefined;
  return check(body, await readBody(request, bodyBytes ?? undefined), {
    status: invalid,
    code: "invalid_body",
    error: "The body is invalid",
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

function idOf<S>(endpoint: Endpoint<S>, call: Call<S>): string {
  const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  for (const name of names) {
    if (ID.test(decoded(call.params[name] ?? ""))) continue;
    throw new ApiError(400, {
      detail: `${name}: must be 1 to 512 letters, digits and . _ : | + -`,
    });
  }
  return names[0] === undefined ? "" : decoded(call.params[names[0]] ?? "");
}

/** What a failure is told as. Whatever is not known is an error of the server's own, and logged. */
function asApiError(error: unknown, call: Call<GuardState>, requestId: string): ApiError {
  if (error instanceof ApiError) return error;
  const { guard, explain } = call.state;
  const cause = error instanceof Error && error.cause !== undefined ? String(error.cause) : "";
  const fields = { path: call.url.pathname, message: String(error), cause, requestId };
  const known = explain(error);
  if (known === null) {
    guard.log.error("request_failed", fields);
    return new ApiError(500);
  }
  if (known.status >= 500) guard.log.warn("request_unavailable", fields);
  return known;
}

/** The operator behind a request to an endpoint that is theirs. @throws {ApiError} 401 or 403. */
function pass<S extends GuardState>({ access }: Endpoint<S>, call: Call<S>): Operator | null {
  const { guard } = call.state;
  if (access === "operators") return guard.requireOperator(call.req, call.info);
  if (access === "pages") guard.requireOwnPage(call.req);
  return null;
}

/** Parses, guards and runs. @returns What the endpoint answers. */
async function perform<S extends GuardState>(
  endpoints: Methods<S>,
  call: Call<S>,
  requestId: string,
): Promise<unknown> {
  const { req, url, state } = call;
  const first = endpoints.values().next().value;
  if (first !== undefined && !first.isOffered(state)) throw new ApiError(404);
  const method = req.method === "HEAD" ? "GET" : req.method;
  const found = endpoints.get(method);
  const kind = (found ?? first)?.limit ?? null;
  // Probes do not count: a busy client must not make its proxy think that the process is down.
  if (kind !== null) state.guard.admit(kind, req, call.info);
  if (req.url.length > MAX_URL_BYTES) throw new ApiError(414);
  if (found === undefined) {
    const allow = [...endpoints.keys(), ...endpoints.has("GET") ? ["HEAD"] : [], "OPTIONS"];
    const headers = { allow: allow.join(", ") };
    if (method === "OPTIONS") return new Response(null, { status: 204, headers });
    throw new ApiError(405, { headers });
  }
  const operator = pass(found, call);
  return await found.run({
    id: idOf(found, call),
    query: parseQuery(found, url),
    body: await parseBody(found, req),
    state,
    call,
    operator,
    requestId,
    signal: AbortSignal.timeout(READ_TIMEOUT_MS),
  });
}

/** Lets pages of allowed origins read the answer. */
function allowOrigin<S extends GuardState>(
  response: Response,
  endpoints: Methods<S>,
  call: Call<S>,
): void {
  if (![...endpoints.values()].every(({ access }) => access === "all")) return;
  const origin = call.req.headers.get("origin");
  response.headers.append("vary", "origin");
  if (origin === null || !call.state.guard.allowsOrigin(origin)) return;
  response.headers.set("access-control-allow-origin", origin);
  response.headers.set("access-control-expose-headers", "retry-after, x-request-id");
  if (call.req.method !== "OPTIONS") return;
  response.headers.set("access-control-allow-methods", "GET, POST");
  response.headers.set("access-control-allow-headers", "content-type, x-request-id");
  response.headers.set("access-control-max-age", "600");
}

/** Gives an operator's page the token that its writes to this path must repeat. */
function giveToken<S extends GuardState>(
  response: Response,
  endpoints: Methods<S>,
  { req, info, state }: Call<S>,
): void {
  if (req.method !== "GET" || !sameOrigin(req)) return;
  if (![...endpoints.values()].some(({ access }) => access === "operators")) return;
  const operator = state.guard.identify(req, info);
  if (operator === null) return;
  response.headers.set(CSRF_HEADER, operator.csrfToken);
  response.headers.append("vary", "cookie");
}

/**
 * Answers the requests of one path. Everything from the first parameter on happens inside one error
 * boundary: a bad request is answered with what is wrong with it, a failure with its kind and no more.
 *
 * @param endpoints Endpoints of the path, one per method.
 */
export function serve<S extends GuardState>(
  ...endpoints: readonly Endpoint<S>[]
): (call: Call<S>) => Promise<Response> {
  return serveOne(() => new Map(endpoints.map((each) => [each.method, each])));
}

/** Like {@link serve}, with the endpoint chosen by a parameter of the path; unknown names are 404. */
export function serveByName<S extends GuardState>(
  parameter: string,
  endpoints: ReadonlyMap<string, Endpoint<S>>,
): (call: Call<S>) => Promise<Response> {
  return serveOne((call) => {
    const found = endpoints.get(call.params[parameter] ?? "");
    if (found === undefined) {
      const known = [...endpoints.keys()].join(", ");
      throw new ApiError(404, { code: "unknown_stream", detail: `${parameter}: one of ${known}` });
    }
    return new Map([[found.method, found]]);
  });
}

/** Like {@link serve} for a page of one method: what the endpoint answers is handed to `respond`. */
export function servePage<S extends GuardState>(
  endpoint: Endpoint<S>,
  respond: (value: unknown) => Response | Promise<Response>,
): (call: Call<S>) => Promise<Response> {
  return serveOne(() => new Map([[endpoint.method, endpoint]]), respond);
}

function serveOne<S extends GuardState>(
  choose: (call: Call<S>) => Methods<S>,
  respond: (
    value: unknown,
    endpoints: Methods<S>,
    call: Call<S>,
  ) => Response | Promise<Response> = json,
): (call: Call<S>) => Promise<Response> {
  return async (call) => {
    const requestId = requestIdOf(call.req);
    let endpoints: Methods<S> = new Map();
    let response: Response;
    try {
      endpoints = choose(call);
      const value = await perform(endpoints, call, requestId);
      response = value instanceof Response ? value : await respond(value, endpoints, call);
    } catch (error) {
      response = errorResponse(asApiError(error, call, requestId), requestId);
    }
    // The answer to an upgrade is the runtime's: its headers are fixed.
    if (response.status === 101) return response;
    response.headers.set("x-request-id", requestId);
    allowOrigin(response, endpoints, call);
    giveToken(response, endpoints, call);
    return response;
  };
}

function json<S>(value: unknown, endpoints: Methods<S>, { req }: Call<S>): Response {
  const status = endpoints.get(req.method)?.success ?? 200;
  const headers = { "cache-control": "no-store" };
  return status === 204
    ? new Response(null, { status })
    : Response.json(value, { status, headers });
}
