import { z } from "zod";

/** Body of every answer that is no success. */
export const ErrorBody = z.object({
  error: z.string().describe("What happened, for people"),
  code: z.string().describe("The same for programs; stays as it is"),
  detail: z.string().exactOptional().describe("Which parameter breaks which rule"),
  request_id: z.string().describe("Stands in the server's log as well"),
  retry_after_ms: z.int().exactOptional().describe("When a request is welcome again, ms"),
}).meta({ id: "Error", description: "An answer that is no success" });
export type ErrorBody = z.infer<typeof ErrorBody>;

/** Statuses that the API answers, with the code and the text that go with each. */
const TEXTS = {
  400: ["invalid_query", "The query is invalid"],
  403: ["foreign_origin", "The request comes from a page that may not ask"],
  404: ["not_found", "Nothing is here"],
  405: ["method_not_allowed", "The method is not allowed here"],
  413: ["body_too_large", "The body is too large"],
  414: ["url_too_long", "The address is too long"],
  415: ["not_json", "The body must be JSON"],
  429: ["rate_limited", "Too many requests"],
  500: ["internal", "The server met an error of its own"],
  503: ["storage_unavailable", "The tape's storage does not answer"],
} as const;

/** A status of the API that is no success. */
export type ErrorStatus = keyof typeof TEXTS;

/** A request that cannot be met. Everything in it may be shown to the client. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: ErrorStatus;
  readonly code: string;
  readonly detail: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly retryAfterMs: number | null;

  constructor(
    status: ErrorStatus,
    extra: {
      readonly code?: string;
      readonly error?: string;
      readonly detail?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly retryAfterMs?: number;
    } = {},
  ) {
    super(extra.error ?? TEXTS[status][1]);
    this.status = status;
    this.code = extra.code ?? TEXTS[status][0];
    this.detail = extra.detail ?? null;
    this.headers = extra.headers ?? {};
    this.retryAfterMs = extra.retryAfterMs ?? null;
  }
}

/** The answer that an error stands for. */
export function errorResponse(error: ApiError, requestId: string): Response {
  const body: ErrorBody = {
    error: error.message,
    code: error.code,
    ...(error.detail !== null && { detail: error.detail }),
    request_id: requestId,
    ...(error.retryAfterMs !== null && { retry_after_ms: error.retryAfterMs }),
  };
  const headers = new Headers({ "cache-control": "no-store", ...error.headers });
  if (error.retryAfterMs !== null) {
    headers.set("retry-after", String(Math.ceil(error.retryAfterMs / 1_000)));
  }
  return Response.json(body, { status: error.status, headers });
}
