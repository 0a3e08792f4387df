import type { z } from "zod";
import type { Endpoint } from "./endpoint.ts";

/** One operation as the documentation describes it. */
export interface Operation {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path with placeholders in braces. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly query: z.ZodObject | null;
  readonly body: z.ZodType | null;
  /** Body of a success; null when it is no JSON. */
  readonly response: z.ZodType | null;
  /** Media type of a success that is no JSON. */
  readonly media: string | null;
  /** A body that `response` accepts; undefined: none is shown. */
  readonly example: unknown;
  /** Status of a success. */
  readonly success: number;
  /** Statuses of errors. */
  readonly errors: readonly number[];
  /** Needs the operators' bearer token. */
  readonly secured: boolean;
}

/** An endpoint of the tape as the documentation describes it. */
export function operationOf(endpoint: Endpoint): Operation {
  const { method, path, tag, summary, description, query, body, response, example } = endpoint;
  const common = endpoint.limit === null ? [] : [400, 429];
  const errors = [...new Set([...common, ...endpoint.statuses])].sort((a, b) => a - b);
  return {
    method,
    path,
    tag,
    summary,
    description,
    query,
    body,
    response,
    media: null,
    example,
    success: 200,
    errors,
    secured: false,
  };
}

/** An operation that is served elsewhere, with what it leaves out at its usual value. */
export function operation(
  method: Operation["method"],
  path: string,
  tag: string,
  summary: string,
  rest: Partial<Omit<Operation, "method" | "path" | "tag" | "summary">> = {},
): Operation {
  return {
    method,
    path,
    tag,
    summary,
    description: "",
    query: null,
    body: null,
    response: null,
    media: null,
    example: undefined,
    success: 200,
    errors: [],
    secured: false,
    ...rest,
  };
}
