import { readText } from "../../kit/http/mod.ts";
import { ApiError } from "./api_error.ts";

/** Largest body of a request, bytes. */
export const MAX_BODY_BYTES = 65_536;

/** Reads a JSON body. @throws {ApiError} 415, 413, or 400 when it is no JSON. */
export async function readBody(request: Request): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "")) {
    throw new ApiError(415, { detail: "content-type: must be application/json" });
  }
  const text = await readText(request, MAX_BODY_BYTES);
  if (text === null) throw new ApiError(413, { detail: `body: at most ${MAX_BODY_BYTES} bytes` });
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, { code: "invalid_body", error: "The body is no valid JSON" });
  }
}
