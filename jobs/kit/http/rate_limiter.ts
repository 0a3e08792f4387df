/** What a request counts as. */
export type RateClass = "rest" | "lookup" | "ws" | "write";

/** Length of a window, ms. */
const WINDOW_MS = 60_000;

/** Clients counted apart in one window; all further ones share a count. */
const MAX_CLIENTS = 50_000;
const SHARED = "others";

/** Requests per client and minute; 0: no limit. */
export type RateLimits = Readonly<Record<RateClass, number>>;

/** Counts requests per client in windows of one minute, all windows beginning together. */
export class RateLimiter {
  readonly #limits: RateLimits;
  readonly #counts = new Map<string, number>();
  #window = -1;

  constructor(limits: RateLimits) {
    this.#limits = limits;
  }

  /** Clients counted in the running window. */
  get clients(): number {
    return this.#counts.size;
  }

  /** Counts one request. @returns 0 when it may pass, else ms until the next window. */
  take(kind: RateClass, client: string, nowMs: number): number {
    const limit = this.#limits[kind];
    if (limit === 0) return 0;
    const window = Math.floor(nowMs / WINDOW_MS);
    if (window !== this.#window) {
      this.#counts.clear();
      this.#window = window;
    }
    const own = `${kind} ${client}`;
    const known = this.#counts.has(own) || this.#counts.size < MAX_CLIENTS;
    const key = known ? own : `${kind} ${SHARED}`;
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count <= limit ? 0 : (window + 1) * WINDOW_MS - nowMs;
  }
}
