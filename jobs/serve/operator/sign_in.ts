import { ApiError, readBodyText } from "../../kit/http/mod.ts";
import type { Operators } from "./operators.ts";

/** Largest form, bytes. */
const MAX_FORM_BYTES = 8_192;

/** What the page of the login says. */
export type LoginView =
  /** The form, after a mistake or not. */
  | { readonly kind: "form"; readonly wrong: boolean; readonly next: string }
  | { readonly kind: "limited"; readonly waitSeconds: number; readonly next: string }
  | { readonly kind: "in" }
  /** No passphrase is set: `isLocal` tells whether the visitor is at this machine. */
  | { readonly kind: "local"; readonly isLocal: boolean };

/** A page with its status, or a redirection. */
export interface LoginAnswer {
  readonly view: LoginView;
  readonly status: number;
  readonly headers: Record<string, string>;
}

/** Path on this server to go to after signing in; anything else becomes the terminal. */
export function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(next) ? next : "/";
}

/** What `GET /login` shows. */
export function showLogin(
  operators: Operators,
  request: Request,
  info: Deno.ServeHandlerInfo,
): LoginAnswer {
  const isIn = operators.identify(request, info) !== null;
  const next = safeNext(new URL(request.url).searchParams.get("next"));
  const view: LoginView = !operators.hasPassphrase
    ? { kind: "local", isLocal: isIn }
    : isIn
    ? { kind: "in" }
    : { kind: "form", wrong: false, next };
  return { view, status: 200, headers: { "cache-control": "no-store" } };
}

/** Answers the form of the login: a redirection with the cookie, or the page with what is wrong. */
export async function submitLogin(
  operators: Operators,
  request: Request,
  info: Deno.ServeHandlerInfo,
): Promise<LoginAnswer | Response> {
  if (!operators.hasPassphrase) return { ...showLogin(operators, request, info), status: 409 };
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) {
    throw new ApiError(415, {
      code: "not_a_form",
      error: "The content-type must be that of a form",
    });
  }
  const form = new URLSearchParams(await readBodyText(request, MAX_FORM_BYTES));
  const next = safeNext(form.get("next"));
  const result = await operators.signIn(request, info, form.get("passphrase") ?? "");
  const headers = { "cache-control": "no-store" };
  if (result.kind === "limited") {
    const waitSeconds = Math.ceil(result.waitMs / 1_000);
    return {
      view: { kind: "limited", waitSeconds, next },
      status: 429,
      headers: { ...headers, "retry-after": String(waitSeconds) },
    };
  }
  if (result.kind === "wrong") {
    return { view: { kind: "form", wrong: true, next }, status: 403, headers };
  }
  return new Response(null, {
    status: 303,
    headers: { ...headers, location: next, "set-cookie": result.cookie },
  });
}

/** Answers `POST /logout`. */
export function submitLogout(
  operators: Operators,
  request: Request,
  info: Deno.ServeHandlerInfo,
): Response {
  return new Response(null, {
    status: 303,
    headers: {
      "cache-control": "no-store",
      location: "/login",
      "set-cookie": operators.signOut(request, info),
    },
  });
}
