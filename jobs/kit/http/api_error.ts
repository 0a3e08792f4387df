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

/** Statuses that are answered, with the code and the text that go with each. */
const TEXTS = {
  400: ["invalid_query", "The query is invalid"],
  401: ["not_operator", "This is for operators"],
  403: ["foreign_origin", "The request comes from a page that may not ask"],
  404: ["not_found", "Nothing is here"],
  405: ["method_not_allowed", "The method is not allowed here"],
  408: ["too_slow", "The body took too long to arrive"],
  409: ["conflict", "It cannot be done in the present state"],
  412: ["stale", "Somebody else wrote in between"],
  413: ["body_too_large", "The body is too large"],
  414: ["url_too_long", "The address is too long"],
  415: ["not_json", "The body must be JSON"],
  422: ["invalid_body", "The body is invalid"],
  429: ["rate_limited", "Too many requests"],
  500: ["internal", "The server met an error of its own"],
  502: ["bad_gateway", "The server behind gave no usable answer"],
  503: ["unavailable", "It does not answer now"],
  504: ["timeout", "The server behind did not answer in time"],
  507: ["disk_full", "The disk is almost full"],
} as const;

/** A status that is no success. */
export type ErrorStatus = keyof typeof TEXTS;

/** A request that cannot be met. Everything in it may be shown to the client. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: ErrorStatus;
  readonly code: string;
  readonly detail: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly retryAfterMs: number | null;
  /** Further fields of the body. */
  readonly fields: object;

  constructor(
    status: ErrorStatus,
    extra: {
      readonly code?: string;
      readonly error?: string;
      readonly detail?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly retryAfterMs?: number;
      readonly fields?: object;
    } = {},
  ) {
    super(extra.error ?? TEXTS[status][1]);
    this.status = status;
    this.code = extra.code ?? TEXTS[status][0];
    this.detail = extra.detail ?? null;
    this.headers = extra.headers ?? {};
    this.retryAfterMs = extra.retryAfterMs ?? null;
    this.fields = extra.fields ?? {};
  }
}

/** The rule of a schema that was broken first, with the name of the field. */
export function brokenRule(error: z.ZodError): string {
  const issue = error.issues[0];
  const field = issue?.path.join(".") || "body";
  const missing = issue?.code === "invalid_type" && issue.input === undefined;
  return `${field}: ${missing ? "is missing" : issue?.message ?? "is invalid"}`;
}

/** The answer that an error stands for. */
export function errorResponse(error: ApiError, requestId: string): Response {
  const body: ErrorBody = {
    ...error.fields,
    error: error.message,
    code: error.code,
    ...(error.detail !== null && { detail: error.detail }),
    request_id: requestId,
    ...(error.retryAfterMs !== null && { retry_after_ms: error.retryAfterMs }),
  };
  const headers = new Headers({ "cache-control": "no-store", ...error.headers });
  headers.set("x-request-id", requestId);
  if (error.retryAfterMs !== null) {
    headers.set("retry-after", String(Math.ceil(error.retryAfterMs / 1_000)));
  }
  return Response.json(body, { status: error.status, headers });
}
