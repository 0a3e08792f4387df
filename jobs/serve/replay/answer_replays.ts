import type { z } from "zod";
import { ReplayPatch, ReplayRequest } from "../../../modules/tape/mod.ts";
import { type ApiCall, ApiError, errorResponse, readBody } from "../api/mod.ts";
import { sameOrigin } from "../../kit/http/mod.ts";
import type { Served } from "../rows/mod.ts";
import { ReplayError, type ReplaySessions } from "./replay_sessions.ts";

const STATUS = { too_many_sessions: 429, out_of_range: 400, not_found: 404 } as const;

function asApiError(error: unknown): ApiError | null {
  if (error instanceof ApiError) return error;
  if (!(error instanceof ReplayError)) return null;
  return new ApiError(STATUS[error.code], { code: error.code, error: error.message });
}

async function parse<T>(schema: z.ZodType<T>, request: Request): Promise<T> {
  const parsed = schema.safeParse(await readBody(request));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ApiError(400, {
    code: "invalid_body",
    error: "The body is invalid",
    detail: `${issue?.path.join(".") || "body"}: ${issue?.message ?? "is invalid"}`,
  });
}

function json(value: unknown, status = 200): Response {
  return Response.json(value, { status, headers: { "cache-control": "no-store" } });
}

async function answer(replays: ReplaySessions, call: ApiCall, id: string | null) {
  const { req, state } = call;
  state.api.admit("rest", req, call.info);
  const method = req.method === "HEAD" ? "GET" : req.method;
  // A replay costs a worker: no page of another site may start or steer one.
  if (method !== "GET" && !sameOrigin(req)) throw new ApiError(403);
  if (id === null) {
    if (method === "GET") return json({ data: replays.list() });
    if (method === "POST") return json(replays.create(await parse(ReplayRequest, req)), 201);
    throw new ApiError(405, { headers: { allow: "GET, HEAD, POST" } });
  }
  switch (method) {
    case "GET":
      return json(replays.get(id).status);
    case "PATCH":
      replays.get(id);
      return json(replays.patch(id, await parse(ReplayPatch, req)));
    case "DELETE":
      replays.remove(id);
      return new Response(null, { status: 204 });
    default:
      throw new ApiError(405, { headers: { allow: "GET, HEAD, PATCH, DELETE" } });
  }
}

/** Answers a request about the replays, or about the one named by `id`. */
export async function answerReplays(
  replays: ReplaySessions,
  call: ApiCall,
  id: string | null,
): Promise<Response> {
  try {
    return await answer(replays, call, id);
  } catch (error) {
    const known = asApiError(error);
    if (known === null) throw error;
    return errorResponse(known, crypto.randomUUID());
  }
}

/** Who serves a socket of a replay. @throws {ApiError} 404 when no such replay runs. */
export function replaySocket(
  replays: ReplaySessions,
  id: string,
): (socket: WebSocket) => Served {
  try {
    const session = replays.get(id);
    return (socket) => session.attach(socket);
  } catch (error) {
    throw asApiError(error) ?? error;
  }
}
