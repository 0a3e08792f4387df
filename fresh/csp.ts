import type { Middleware } from "./handlers.ts";
import { nonceOf } from "./render.ts";

/** Options of {@link csp}. */
export interface CSPOptions {
  /** Directives to add; one of the same name replaces the default. */
  csp?: string[];
  /** Allow inline scripts and styles by a nonce per response in place of `'unsafe-inline'`. */
  useNonce?: boolean;
}

const DEFAULTS: readonly string[] = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** Sent over TLS only: on plain HTTP, as on a LAN, it would make every asset unreachable. */
const UPGRADE = "upgrade-insecure-requests";

/** Returns a middleware that sets the Content-Security-Policy of every response. */
export function csp<State>(options: CSPOptions = {}): Middleware<State> {
  const directives = new Map<string, string>();
  for (const directive of [...DEFAULTS, ...options.csp ?? []]) {
    directives.set(directive.split(" ", 1)[0] ?? "", directive);
  }
  const policy = [...directives.values()].join("; ");
  return async (ctx) => {
    const inner = await ctx.next();
    if (inner.status === 101) return inner; // an upgrade cannot be copied
    const nonce = nonceOf(inner);
    const response = new Response(inner.body, inner); // as some have immutable headers
    // A response that was not rendered has no inline parts of ours to allow.
    const inline = nonce === undefined ? "" : ` 'nonce-${nonce}'`;
    const value = options.useNonce ? policy.replaceAll(" 'unsafe-inline'", inline) : policy;
    response.headers.set(
      "content-security-policy",
      ctx.url.protocol === "https:" ? `${value}; ${UPGRADE}` : value,
    );
    return response;
  };
}
