import { ApiError, errorResponse } from "../../kit/http/mod.ts";

/** Answer to a program that asked for what is not there; null for browsers, which get a page. */
export function missingAnswer(request: Request, status: number): Response | null {
  if (status !== 404 && status !== 405) return null;
  if (/\btext\/html\b/i.test(request.headers.get("accept") ?? "")) return null;
  return errorResponse(new ApiError(status), crypto.randomUUID());
}
