import type { Logger } from "../logger.ts";
import { ApiError } from "./api_error.ts";
import { clientAddress } from "./client_address.ts";
import { clientNetwork } from "./client_network.ts";
import { type RateClass, RateLimiter, type RateLimits } from "./rate_limiter.ts";

/** Header in which pages repeat the token that they were given. */
export const CSRF_HEADER = "x-csrf-token";

/** Someone who may steer. */
export interface Operator {
  /** Stamped on writes. */
  readonly id: string;
  readonly csrfToken: string;
}

/** Tells operators from everybody else. */
export interface Identity {
  /** Whether operators sign in; else those at this machine are operators. */
  readonly hasPassphrase: boolean;
  /** The operator behind a request, or null. */
  identify(request: Request, info: Deno.ServeHandlerInfo): Operator | null;
  /** Whether a request repeats the operator's token. */
  hasCsrfToken(request: Request, operator: Operator): boolean;
}

/** What a guard goes by. */
export interface GuardOptions {
  readonly limits: RateLimits;
  /** Origins besides our own whose pages may read what everybody may. */
  readonly origins: readonly string[];
  /** Addresses of our proxies. */
  readonly proxies: readonly string[];
  readonly identity: Identity;
  readonly log: Logger;
  /** Epoch ms. */
  readonly nowMs: () => number;
}

/**
 * Whether a request comes from a page of this server or from no page at all. Browsers name the page
 * in `Origin`.
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

/** Whether a browser says that another site made it send the request. */
function isCrossSite(request: Request): boolean {
  return /^(cross-site|same-site)$/.test(request.headers.get("sec-fetch-site") ?? "");
}

/** Decides who may ask: by origin, by rate, by who an operator is. */
export class Guard {
  readonly log: Logger;
  readonly nowMs: () => number;
  readonly #options: GuardOptions;
  readonly #limiter: RateLimiter;
  readonly #origins: ReadonlySet<string>;

  constructor(options: GuardOptions) {
    this.log = options.log;
    this.nowMs = options.nowMs;
    this.#options = options;
    this.#limiter = new RateLimiter(options.limits);
    this.#origins = new Set(options.origins);
  }

  /** Address of a request's client, for audit lines. */
  addressOf(request: Request, info: Deno.ServeHandlerInfo): string {
    return clientAddress(request, info.remoteAddr, this.#options.proxies);
  }

  /** What a request's client is counted by. */
  clientOf(request: Request, info: Deno.ServeHandlerInfo): string {
    return clientNetwork(this.addressOf(request, info));
  }

  /** Counts a request. @throws {ApiError} 429 when the client has used up its minute. */
  admit(kind: RateClass, request: Request, info: Deno.ServeHandlerInfo): void {
    const waitMs = this.#limiter.take(kind, this.clientOf(request, info), this.nowMs());
    if (waitMs > 0) throw new ApiError(429, { retryAfterMs: waitMs });
  }

  /** Whether pages of an origin other than our own may read what everybody may. */
  allowsOrigin(origin: string): boolean {
    return this.#origins.has(origin);
  }

  /** @throws {ApiError} 403 for a page of another site. */
  requireOwnPage(request: Request): void {
    if (!sameOrigin(request)) throw new ApiError(403);
  }

  /** @throws {ApiError} 403 for a page of a site that may not read either. */
  requireReader(request: Request): void {
    const origin = request.headers.get("origin");
    if (!sameOrigin(request) && (origin === null || !this.allowsOrigin(origin))) {
      throw new ApiError(403);
    }
  }

  /** The operator behind a request, or null. */
  identify(request: Request, info: Deno.ServeHandlerInfo): Operator | null {
    return this.#options.identity.identify(request, info);
  }

  /**
   * The operator behind a request. Whoever writes from a browser has to repeat the token besides.
   *
   * @throws {ApiError} 403 for another site or a missing token, 401 for everybody else.
   */
  requireOperator(request: Request, info: Deno.ServeHandlerInfo): Operator {
    const { identity } = this.#options;
    if (!sameOrigin(request) || isCrossSite(request)) throw new ApiError(403);
    const operator = identity.identify(request, info);
    if (operator === null) throw notOperator(identity.hasPassphrase);
    if (request.method === "GET" || request.method === "HEAD") return operator;
    // A program at this machine sends no origin; a browser does.
    const mustRepeat = identity.hasPassphrase || request.headers.has("origin");
    if (mustRepeat && !identity.hasCsrfToken(request, operator)) {
      throw new ApiError(403, {
        code: "csrf",
        error: "The request must repeat the token of its page",
        detail: `${CSRF_HEADER}: is missing or wrong`,
      });
    }
    return operator;
  }
}

function notOperator(hasPassphrase: boolean): ApiError {
  return hasPassphrase
    ? new ApiError(401, { error: "Sign in at /login first", fields: { login: "/login" } })
    : new ApiError(401, {
      error: "This is for people at this machine only, as no operator passphrase is set",
    });
}
