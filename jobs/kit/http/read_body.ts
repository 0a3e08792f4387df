import { ApiError } from "./api_error.ts";
import { readBodyText } from "./read_body_text.ts";

/** Largest body of a request that names no other size, bytes. */
const MAX_BODY_BYTES = 16_384;

/** Reads a JSON body. @throws {ApiError} 415, 413, 408, or 400 when it is no JSON. */
export async function readBody(request: Request, maxBytes = MAX_BODY_BYTES): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "")) {
    throw new ApiError(415, { detail: "content-type: must be application/json" });
  }
  const text = await readBodyText(request, maxBytes);
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, {
      code: "invalid_body",
      error: "The body is no valid JSON",
      detail: "body: must be valid JSON",
    });
  }
}
