import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import {
  clientAddress,
  clientNetwork,
  CSRF_HEADER,
  type Identity,
  type Operator,
  peerAddress,
  RateWindow,
  requestOrigin,
} from "../../kit/http/mod.ts";
import { type Logger, WarningGate } from "../../kit/mod.ts";
import { isLocalRequest } from "./loopback.ts";
import { verifyPassphrase } from "./passphrase.ts";
import { SESSION_MS, SignIns } from "./sign_ins.ts";

/** Name of the cookie that carries a session. */
const SESSION_COOKIE = "lotus_operator";

/** Tries to sign in, per client and minute. */
const MAX_TRIES_PER_MINUTE = 5;

/** Least time between two audit lines of one kind from one network, ms. */
const AUDIT_EVERY_MS = 60_000;

/** Passphrases checked at once: each takes 32 MiB. */
const MAX_CHECKS = 4;

/** What decides who is an operator. */
export interface OperatorOptions {
  /** Empty: operators are the people at this machine, without signing in. */
  readonly passphraseHash: string;
  readonly trustedProxies: readonly string[];
  readonly log: Logger;
  /** Monotonic clock, ms. */
  readonly nowMs: () => number;
}

/** How an attempt to sign in ended. */
export type SignIn =
  | { readonly kind: "ok"; readonly cookie: string }
  | { readonly kind: "wrong" }
  | { readonly kind: "limited"; readonly waitMs: number };

/** Tells operators from everybody else. */
export class Operators implements Identity {
  readonly #options: OperatorOptions;
  readonly #signIns: SignIns;
  readonly #tries: RateWindow;
  readonly #csrfKey = randomBytes(32);
  readonly #refusals = new WarningGate(AUDIT_EVERY_MS);
  #checking = 0;

  constructor(options: OperatorOptions) {
    this.#options = options;
    this.#signIns = new SignIns(options.nowMs);
    this.#tries = new RateWindow(MAX_TRIES_PER_MINUTE, 60_000, options.nowMs);
  }

  /** Whether operators sign in; else those at this machine are operators. */
  get hasPassphrase(): boolean {
    return this.#options.passphraseHash !== "";
  }

  /** The operator behind a request, or null. */
  identify(request: Request, info: Deno.ServeHandlerInfo): Operator | null {
    if (!this.hasPassphrase) {
      const isLocal = isLocalRequest(request, peerAddress(info));
      return isLocal ? { id: "operator", csrfToken: this.#csrfToken("local") } : null;
    }
    const hash = this.#signIns.find(cookie(request, SESSION_COOKIE) ?? "");
    return hash === null ? null : { id: "operator", csrfToken: this.#csrfToken(hash) };
  }

  /** Whether a request repeats the operator's token. */
  hasCsrfToken(request: Request, operator: Operator): boolean {
    const given = new TextEncoder().encode(request.headers.get(CSRF_HEADER) ?? "");
    const expected = new TextEncoder().encode(operator.csrfToken);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  /** Address of the client, for limits and for audit lines. */
  #address(request: Request, info: Deno.ServeHandlerInfo): string {
    return clientAddress(request, info.remoteAddr, this.#options.trustedProxies);
  }

  /** Signs in with a passphrase. */
  async signIn(
    request: Request,
    info: Deno.ServeHandlerInfo,
    passphrase: string,
  ): Promise<SignIn> {
    const { log, passphraseHash } = this.#options;
    const address = this.#address(request, info);
    const waitMs = this.#checking < MAX_CHECKS ? this.#tries.take(clientNetwork(address)) : 1_000;
    if (waitMs > 0) {
      this.#audit(address, "limited");
      return { kind: "limited", waitMs };
    }
    this.#checking++;
    try {
      const isRight = this.hasPassphrase && await verifyPassphrase(passphrase, passphraseHash);
      if (!isRight) {
        this.#audit(address, "wrong");
        return { kind: "wrong" };
      }
      log.info("sign_in", { address, result: "ok" });
      return {
        kind: "ok",
        cookie: this.#cookie(request, info, this.#signIns.begin(), SESSION_MS),
      };
    } finally {
      this.#checking--;
    }
  }

  /** Signs out. Returns the cookie that removes the session's. */
  signOut(request: Request, info: Deno.ServeHandlerInfo): string {
    const id = cookie(request, SESSION_COOKIE);
    if (id !== null) this.#signIns.end(id);
    return this.#cookie(request, info, "", 0);
  }

  /** One line of a kind a minute and network; it tells how many were left out before it. */
  #audit(address: string, result: "wrong" | "limited"): void {
    const { log, nowMs } = this.#options;
    const suppressed = this.#refusals.passKind(`${result} ${clientNetwork(address)}`, nowMs());
    if (suppressed === null) return;
    log.warn("sign_in", { address, result, ...(suppressed > 0 && { suppressed }) });
  }

  #csrfToken(subject: string): string {
    return createHmac("sha256", this.#csrfKey).update(subject).digest("base64url");
  }

  #cookie(request: Request, info: Deno.ServeHandlerInfo, value: string, ageMs: number): string {
    const origin = requestOrigin(request, info, this.#options.trustedProxies);
    const isSecure = origin?.startsWith("https:") ?? false;
    const parts = [
      `${SESSION_COOKIE}=${value}`,
      "HttpOnly",
      "SameSite=Strict",
      "Path=/",
      `Max-Age=${Math.floor(ageMs / 1_000)}`,
    ];
    return [...parts, ...(isSecure ? ["Secure"] : [])].join("; ");
  }
}

/** Value of a cookie of a request, or null. */
function cookie(request: Request, name: string): string | null {
  for (const part of (request.headers.get("cookie") ?? "").split(";")) {
    const [key, value] = part.trim().split("=", 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}
