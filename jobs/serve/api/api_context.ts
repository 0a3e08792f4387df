import type { Config } from "../../../config.ts";
import type { TapeStore } from "../../../modules/tape/mod.ts";
import type { Logger } from "../../kit/mod.ts";
import { clientAddress, clientNetwork } from "../../kit/http/mod.ts";
import { ApiError } from "./api_error.ts";
import { type RateClass, RateLimiter } from "./rate_limiter.ts";

/** Whether one part of the process can do its work. */
export interface CheckResult {
  readonly ok: boolean;
  readonly detail: string;
}
/** Looks after one part of the process. */
export type Check = () => CheckResult | Promise<CheckResult>;

type ApiConfig = Pick<
  Config,
  "corsOrigins" | "trustedProxies" | "restRateLimit" | "lookupRateLimit" | "wsRateLimit"
>;

/** What the API knows besides the tape: limits, origins, the clock and what has to work. */
export class ApiContext {
  readonly log: Logger;
  readonly nowMs: () => number;
  readonly #limiter: RateLimiter;
  readonly #origins: ReadonlySet<string>;
  readonly #trusted: readonly string[];
  readonly #checks = new Map<string, Check>();

  constructor(config: ApiConfig, log: Logger, nowMs: () => number) {
    this.log = log;
    this.nowMs = nowMs;
    this.#limiter = new RateLimiter({
      rest: config.restRateLimit,
      lookup: config.lookupRateLimit,
      ws: config.wsRateLimit,
    });
    this.#origins = new Set(config.corsOrigins);
    this.#trusted = config.trustedProxies;
  }

  /** Adds what `/ready` looks at. */
  addCheck(name: string, check: Check): void {
    this.#checks.set(name, check);
  }

  /** All checks by name; one that throws has failed. */
  async check(): Promise<Readonly<Record<string, CheckResult>>> {
    const results: Record<string, CheckResult> = {};
    for (const [name, check] of this.#checks) {
      try {
        results[name] = await check();
      } catch (error) {
        this.log.warn("check_failed", { check: name, message: String(error) });
        results[name] = { ok: false, detail: "does not answer" };
      }
    }
    return results;
  }

  /** What a request's client is counted by. */
  clientOf(request: Request, info: Deno.ServeHandlerInfo): string {
    return clientNetwork(clientAddress(request, info.remoteAddr, this.#trusted));
  }

  /** Counts a request. @throws {ApiError} 429 when the client has used up its minute. */
  admit(kind: RateClass, request: Request, info: Deno.ServeHandlerInfo): void {
    const waitMs = this.#limiter.take(kind, this.clientOf(request, info), this.nowMs());
    if (waitMs > 0) throw new ApiError(429, { retryAfterMs: waitMs });
  }

  /** Whether pages of an origin other than our own may read the public API and its sockets. */
  allowsOrigin(origin: string): boolean {
    return this.#origins.has(origin);
  }
}

/** What the API's routes find in a request's state. */
export interface ApiState {
  api: ApiContext;
  tape: TapeStore;
}

/** The part of a request's context that the API uses. */
export interface ApiCall {
  readonly req: Request;
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
  readonly info: Deno.ServeHandlerInfo;
  readonly state: ApiState;
}
