import { nonceOf } from "./render.ts";
import type { Middleware } from "./types.ts";

/** Options of {@link csp}. */
export interface CSPOptions {
  /** Report violations only; nothing is blocked. */
  reportOnly?: boolean;
  /** URL that violations are reported to. */
  reportTo?: string;
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

/**
 * Returns a middleware that sets the Content-Security-Policy of every response, and with it
 * `X-Content-Type-Options` and `Referrer-Policy` unless they are set.
 */
export function csp<State>(options: CSPOptions = {}): Middleware<State> {
  const directives = new Map<string, string>();
  for (const directive of [...DEFAULTS, ...options.csp ?? []]) {
    directives.set(directive.split(" ", 1)[0] ?? "", directive);
  }
  const { reportTo } = options;
  if (reportTo !== undefined) {
    directives.set("report-to", "report-to csp-endpoint");
    directives.set("report-uri", `report-uri ${reportTo}`);
  }
  const policy = [...directives.values()].join("; ");
  const name = options.reportOnly
    ? "content-security-policy-report-only"
    : "content-security-policy";
  return async (ctx) => {
    const inner = await ctx.next();
    if (inner.status === 101) return inner; // an upgrade cannot be copied
    const nonce = nonceOf(inner);
    const response = new Response(inner.body, inner); // as some have immutable headers
    // A response that was not rendered has no inline parts of ours to allow.
    const inline = nonce === undefined ? "" : ` 'nonce-${nonce}'`;
    const value = options.useNonce ? policy.replaceAll(" 'unsafe-inline'", inline) : policy;
    const { headers } = response;
    headers.set(name, ctx.url.protocol === "https:" ? `${value}; ${UPGRADE}` : value);
    if (!headers.has("x-content-type-options")) headers.set("x-content-type-options", "nosniff");
    if (!headers.has("referrer-policy")) headers.set("referrer-policy", "same-origin");
    if (reportTo !== undefined) {
      headers.set("reporting-endpoints", `csp-endpoint="${reportTo}"`);
    }
    return response;
  };
}
