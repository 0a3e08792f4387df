import type { z } from "zod";
import type { ApiError } from "./api_error.ts";
import type { Guard, Operator } from "./guard.ts";
import type { RateClass } from "./rate_limiter.ts";

/** Query parameters of an endpoint, one key each. */
export type QuerySchema = z.ZodObject;

/** Methods that endpoints have. */
export type EndpointMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Who may ask: `all`: everybody, pages of allowed origins too; `pages`: everybody but pages of other
 * sites; `operators`: operators, with the token of their page when they write; `token`: whoever has the
 * admin token, which the endpoint looks at itself.
 */
export type EndpointAccess = "all" | "pages" | "operators" | "token";

/** What every request's state has for the endpoints. */
export interface GuardState {
  guard: Guard;
  /** What an error of a part of the process is told as; null for one that it does not know. */
  explain: (error: unknown) => ApiError | null;
}

/** The part of a request's context that endpoints use. */
export interface Call<S> {
  readonly req: Request;
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
  readonly info: Deno.ServeHandlerInfo;
  readonly state: S;
  upgrade(options?: Deno.UpgradeWebSocketOptions): Deno.WebSocketUpgrade;
}

/** What an endpoint works with: parsed input, and what the process offers. */
export interface EndpointInput<S, Q, B> {
  readonly query: Q;
  readonly body: B;
  /** Value of the first placeholder in the path, checked for length and characters; "" without one. */
  readonly id: string;
  readonly state: S;
  readonly call: Call<S>;
  /** Who steers; null where everybody may ask. */
  readonly operator: Operator | null;
  readonly requestId: string;
  /** Ends when the time that a read may take is over. */
  readonly signal: AbortSignal;
}

/** One endpoint: what it takes, what it answers, and the work between. */
export interface EndpointSpec<S, Q extends QuerySchema, B extends z.ZodType> {
  readonly method: EndpointMethod;
  /** Path; `{id}` is a placeholder for an identifier. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: EndpointAccess;
  /** What a request counts as; null: it does not count. */
  readonly limit: RateClass | null;
  readonly query?: Q;
  readonly body?: B;
  /** Largest body, bytes; 16 KiB when omitted. */
  readonly bodyBytes?: number;
  /** Status of a query or body that breaks a rule; 400 when omitted. */
  readonly invalid?: 422;
  /** `run` reads query and body by itself; the schemas only tell what it takes. */
  readonly raw?: true;
  /** Schema of a success that is JSON. */
  readonly response?: z.ZodType;
  /** Media type of a success that has no schema; "" when it has no body. */
  readonly media?: string;
  /** An answer that `response` accepts. */
  readonly example?: unknown;
  /** Status of a success; 200 when omitted. */
  readonly success?: number;
  /** Statuses of errors besides those that follow from the rest. */
  readonly statuses?: readonly number[];
  /** False: as if there were no such path. */
  readonly isOffered?: (state: S) => boolean;
  readonly run: (
    input: EndpointInput<S, z.output<Q>, z.output<B>>,
  ) => unknown | Response | Promise<unknown | Response>;
}

/** An endpoint whose types of input are forgotten: what tables and the server hold. */
export interface Endpoint<S> {
  readonly method: EndpointMethod;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly access: EndpointAccess;
  readonly limit: RateClass | null;
  readonly query: QuerySchema | null;
  readonly body: z.ZodType | null;
  readonly bodyBytes: number | null;
  readonly invalid: 400 | 422;
  readonly raw: boolean;
  readonly response: z.ZodType | null;
  readonly media: string | null;
  readonly example: unknown;
  readonly success: number;
  readonly statuses: readonly number[];
  readonly isOffered: (state: S) => boolean;
  readonly run: (input: EndpointInput<S, unknown, unknown>) => Promise<unknown>;
}

/** Makes endpoints for requests whose state is an `S`. The server hands `run` what the schemas accepted. */
export function endpointsOf<S>() {
  return <Q extends QuerySchema, B extends z.ZodType>(
    spec: EndpointSpec<S, Q, B>,
  ): Endpoint<S> => ({
    method: spec.method,
    path: spec.path,
    tag: spec.tag,
    summary: spec.summary,
    description: spec.description ?? "",
    access: spec.access,
    limit: spec.limit,
    query: spec.query ?? null,
    body: spec.body ?? null,
    bodyBytes: spec.bodyBytes ?? null,
    invalid: spec.invalid ?? 400,
    raw: spec.raw ?? false,
    response: spec.response ?? null,
    media: spec.media ?? null,
    example: spec.example,
    success: spec.success ?? 200,
    statuses: errorStatuses(spec),
    isOffered: spec.isOffered ?? (() => true),
    run: async (input) => await spec.run(input as EndpointInput<S, z.output<Q>, z.output<B>>),
  });
}

/** Statuses that follow from what an endpoint is, and those that it names. */
function errorStatuses(
  { access, limit, query, body, invalid, path, statuses = [] }: Pick<
    EndpointSpec<never, QuerySchema, z.ZodType>,
    "access" | "limit" | "query" | "body" | "invalid" | "path" | "statuses"
  >,
): readonly number[] {
  const all = new Set(statuses);
  if (limit !== null) all.add(429);
  if (path.includes("{") || limit === "rest" || limit === "lookup") all.add(400);
  if (query !== undefined || body !== undefined) all.add(invalid ?? 400);
  if (body !== undefined) { for (const status of [400, 408, 413, 415]) all.add(status); }
  if (access === "pages") all.add(403);
  if (access === "operators") { for (const status of [401, 403]) all.add(status); }
  if (access === "token") all.add(401);
  return [...all].sort((a, b) => a - b);
}
