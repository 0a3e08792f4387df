import type { z } from "zod";
import { readText } from "./read_text.ts";

/** An error as clients receive it. */
export interface Problem {
  readonly error: { readonly code: string; readonly message: string; readonly field?: string };
}

/** A JSON answer for a request that cannot be met. No stack trace, no internal name. */
export function problem(status: number, code: string, message: string, field?: string): Response {
  const body: Problem = { error: { code, message, ...(field !== undefined && { field }) } };
  return Response.json(body, { status, headers: { "cache-control": "no-store" } });
}

/** The answer to a body that breaks a schema: names the first field and its rule. */
export function invalidBody(error: z.ZodError): Response {
  const issue = error.issues[0];
  const field = issue?.path.join(".") || "body";
  return problem(422, "invalid_body", `${field}: ${issue?.message ?? "is invalid"}`, field);
}

/** Most bytes of a request body. */
const MAX_BODY_BYTES = 16_384;

/**
 * Reads a small JSON body.
 *
 * @returns The value, or the answer that says what is wrong: 415, 413 or 400.
 */
export async function readJson(request: Request): Promise<{ value: unknown } | Response> {
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) {
    return problem(415, "not_json", "The content-type must be application/json", "content-type");
  }
  const text = await readText(request, MAX_BODY_BYTES);
  if (text === null) {
    return problem(413, "too_large", `The body must be at most ${MAX_BODY_BYTES} bytes`, "body");
  }
  try {
    return { value: JSON.parse(text) };
  } catch {
    return problem(400, "bad_json", "The body must be valid JSON", "body");
  }
}

/**
 * Whether a request comes from a page of this server or from no page at all. Browsers name the page
 * in `Origin`; commands from other sites are refused by it.
 */
export function sameOrigin(request: Request): boolean {
  const origin = request.headers.get("origin");
  if (origin === null) return true;
  try {
    return new URL(origin).host === request.headers.get("host");
  } catch {
    return false;
  }
}
