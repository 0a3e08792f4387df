import { ApiError } from "./api_error.ts";

/** Time that a body may take to arrive, ms. */
const BODY_TIMEOUT_MS = 10_000;

/**
 * Reads a body as UTF-8.
 *
 * @param maxBytes Most bytes to read; a longer body is not read to its end.
 * @param timeoutMs Time that it may take to arrive.
 * @returns The text.
 * @throws {ApiError} 413 when the body is longer, 408 when it is slower, 400 when it breaks off.
 */
export async function readBodyText(
  request: Request,
  maxBytes: number,
  timeoutMs: number = BODY_TIMEOUT_MS,
): Promise<string> {
  if (request.body === null) return "";
  const reader = request.body.getReader();
  const decoder = new TextDecoder();
  const late = Promise.withResolvers<never>();
  late.promise.catch(() => {});
  const timer = setTimeout(() => late.reject(new ApiError(408)), timeoutMs);
  let text = "";
  let bytes = 0;
  try {
    while (true) {
      const { done, value } = await Promise.race([reader.read(), late.promise]);
      if (done) return text + decoder.decode();
      bytes += value.length;
      if (bytes > maxBytes) throw new ApiError(413, { detail: `body: at most ${maxBytes} bytes` });
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    // Whatever is still to come is not waited for.
    reader.cancel().catch(() => {});
    if (error instanceof ApiError) throw error;
    throw new ApiError(400, { code: "invalid_body", error: "The body broke off" });
  } finally {
    clearTimeout(timer);
  }
}
