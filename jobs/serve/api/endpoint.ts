import type { z } from "zod";
import type { TapeStore } from "../../../modules/tape/mod.ts";
import type { ApiContext } from "./api_context.ts";
import type { RateClass } from "./rate_limiter.ts";

/** Query parameters of an endpoint, one key each. */
export type QuerySchema = z.ZodObject;

/** What an endpoint works with: parsed input, and what the process offers. */
export interface EndpointInput<Q, B> {
  readonly query: Q;
  readonly body: B;
  /** Value of the placeholder in the path, checked for length and characters; "" without one. */
  readonly id: string;
  readonly tape: TapeStore;
  readonly api: ApiContext;
  /** Ends when the time that a read may take is over. */
  readonly signal: AbortSignal;
}

/** One endpoint: what it takes, what it answers, and the work between. */
export interface EndpointSpec<Q extends QuerySchema, B extends z.ZodType> {
  readonly method: "GET" | "POST";
  /** Path; `{id}` is a placeholder for an identifier. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** What a request counts as; null: it does not count. */
  readonly limit: RateClass | null;
  readonly query?: Q;
  readonly body?: B;
  readonly response: z.ZodType;
  /** An answer that `response` accepts. */
  readonly example: unknown;
  /** Statuses besides 200, 400 and 429 that it answers. */
  readonly statuses?: readonly number[];
  readonly run: (
    input: EndpointInput<z.output<Q>, z.output<B>>,
  ) => unknown | Response | Promise<unknown | Response>;
}

/** An endpoint whose types of input are forgotten: what tables and the server hold. */
export interface Endpoint {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly limit: RateClass | null;
  readonly query: QuerySchema | null;
  readonly body: z.ZodType | null;
  readonly response: z.ZodType;
  readonly example: unknown;
  readonly statuses: readonly number[];
  readonly run: (input: EndpointInput<unknown, unknown>) => Promise<unknown>;
}

/** Makes an endpoint. The server hands `run` only what the schemas accepted. */
export function endpoint<Q extends QuerySchema, B extends z.ZodType>(
  spec: EndpointSpec<Q, B>,
): Endpoint {
  return {
    method: spec.method,
    path: spec.path,
    tag: spec.tag,
    summary: spec.summary,
    description: spec.description ?? "",
    limit: spec.limit,
    query: spec.query ?? null,
    body: spec.body ?? null,
    response: spec.response,
    example: spec.example,
    statuses: spec.statuses ?? [],
    run: async (input) => await spec.run(input as EndpointInput<z.output<Q>, z.output<B>>),
  };
}
