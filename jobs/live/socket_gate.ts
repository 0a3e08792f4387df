import { LIVE_LIMITS } from "../../modules/tape/mod.ts";

/** Window of the rate of upgrades, ms. */
const WINDOW_MS = 60_000;

/** Clients whose rate is remembered. */
const MAX_CLIENTS = 10_000;

/** Why a socket was refused. */
export type Refusal =
  | { readonly code: "foreign_origin" | "too_many_sockets" | "full" }
  | { readonly code: "rate_limited"; readonly retryAfterMs: number };

/** What a gate needs to know of a request. */
export interface Visitor {
  /** Address of the client. */
  readonly address: string;
  /** `Origin` of the page, or null for a program. */
  readonly origin: string | null;
  /** Host that the request was sent to. */
  readonly host: string | null;
}

/** What a gate allows. */
export interface GateOptions {
  /** Origins besides our own. */
  readonly origins: readonly string[];
  /** Upgrades per client and minute; 0: no limit. */
  readonly rateLimit: number;
  readonly nowMs: () => number;
  readonly socketsPerClient?: number;
}

/** Decides which sockets are opened, and counts those that are. */
export class SocketGate {
  readonly #options: GateOptions;
  readonly #open = new Map<string, number>();
  readonly #recent = new Map<string, number>();
  #windowAtMs = -Infinity;
  #total = 0;
  #refused = 0;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** Sockets open now. */
  get open(): number {
    return this.#total;
  }

  /** Sockets refused so far. */
  get refused(): number {
    return this.#refused;
  }

  /** Lets a socket in, or says why not. Every call that lets one in needs one {@link SocketGate.leave}. */
  enter(visitor: Visitor): Refusal | null {
    const refusal = this.#refusal(visitor);
    if (refusal !== null) {
      this.#refused++;
      return refusal;
    }
    this.#open.set(visitor.address, (this.#open.get(visitor.address) ?? 0) + 1);
    this.#total++;
    return null;
  }

  /** A socket of this address has closed. */
  leave(address: string): void {
    const left = (this.#open.get(address) ?? 0) - 1;
    if (left > 0) this.#open.set(address, left);
    else this.#open.delete(address);
    this.#total--;
  }

  #refusal({ address, origin, host }: Visitor): Refusal | null {
    if (!this.#isOriginAllowed(origin, host)) return { code: "foreign_origin" };
    const { rateLimit, nowMs } = this.#options;
    const waitMs = rateLimit === 0 ? 0 : this.#count(address, rateLimit, nowMs());
    if (waitMs > 0) return { code: "rate_limited", retryAfterMs: waitMs };
    const most = this.#options.socketsPerClient ?? LIVE_LIMITS.socketsPerClient;
    if ((this.#open.get(address) ?? 0) >= most) return { code: "too_many_sockets" };
    return this.#total >= LIVE_LIMITS.sockets ? { code: "full" } : null;
  }

  #isOriginAllowed(origin: string | null, host: string | null): boolean {
    if (origin === null || this.#options.origins.includes(origin)) return true;
    try {
      return new URL(origin).host === host;
    } catch {
      return false;
    }
  }

  /** Counts an attempt; returns ms to wait when there were too many. */
  #count(address: string, limit: number, nowMs: number): number {
    if (nowMs - this.#windowAtMs >= WINDOW_MS) {
      this.#windowAtMs = nowMs;
      this.#recent.clear();
    }
    // A flood from countless addresses must not fill the memory: those that come late share a count.
    const known = this.#recent.has(address) || this.#recent.size < MAX_CLIENTS;
    const name = known ? address : "others";
    const count = (this.#recent.get(name) ?? 0) + 1;
    this.#recent.set(name, count);
    return count > limit ? this.#windowAtMs + WINDOW_MS - nowMs : 0;
  }
}
