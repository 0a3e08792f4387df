import { ApiError, errorResponse } from "./api_error.ts";

/** Answer to a program that asked for what is not there; null for browsers, which get a page. */
export function missingAnswer(request: Request, status: number): Response | null {
  if (status !== 404 && status !== 405) return null;
  if (/\btext\/html\b/i.test(request.headers.get("accept") ?? "")) return null;
  const requestId = crypto.randomUUID();
  const response = errorResponse(new ApiError(status), requestId);
  response.headers.set("x-request-id", requestId);
  return response;
}
