import { ApiError, readBodyText } from "../../kit/http/mod.ts";
import type { Logger } from "../../kit/mod.ts";
import type { AdminApi, AdminCaller, AdminResource } from "./admin.ts";

/** Largest body that is passed on, bytes. */
const MAX_BODY_BYTES = 8_192;

/** Largest answer that is passed back, bytes. */
const MAX_ANSWER_BYTES = 1_048_576;

/** Longest wait for the endpoints, ms. */
const TIMEOUT_MS = 3_000;

/** Answers of the endpoints that pages get as they are. */
const PASSED = new Set([200, 400, 404, 409, 412, 429, 503]);

/** What the proxy needs to know. */
export interface AdminProxyOptions {
  /** Whether pages offer control at all. */
  readonly isOn: boolean;
  readonly token: string;
  /** Origin of the endpoints, with an optional path in front; empty: `admin` in this process. */
  readonly internalUrl: string;
  readonly admin: AdminApi;
  readonly log: Logger;
  /** Longest wait, ms; 3 s when left out. */
  readonly timeoutMs?: number;
}

/**
 * Passes requests of operators' pages to the control endpoints, and keeps the token to itself. Who is an
 * operator was found out before.
 */
export class AdminProxy {
  readonly #options: AdminProxyOptions;

  constructor(options: AdminProxyOptions) {
    this.#options = options;
  }

  /** Whether pages offer control at all. */
  get isOn(): boolean {
    return this.#options.isOn;
  }

  /**
   * Answers a request of an operator's page.
   *
   * @throws {ApiError} 413 or 408 for the body, 500 without a usable token, 502 or 504 when no usable
   *   answer came.
   */
  async forward(
    request: Request,
    resource: AdminResource,
    caller: AdminCaller,
    requestId: string,
  ): Promise<Response> {
    const { log, token, timeoutMs = TIMEOUT_MS } = this.#options;
    const body = request.method === "PUT" ? await readBodyText(request, MAX_BODY_BYTES) : undefined;
    if (!/^[\x21-\x7e]+$/.test(token)) {
      log.error("proxy_misconfigured", { message: "SYNTHETIC_ADMIN_TOKEN is unusable" });
      throw new ApiError(500, { code: "proxy_misconfigured", error: "proxy misconfigured" });
    }
    const signal = AbortSignal.timeout(timeoutMs);
    const onward = this.#onward(request, resource, body, signal);
    try {
      const upstream = await Promise.race([
        this.#ask(onward, resource, caller, requestId),
        aborted(signal),
      ]);
      return await passed(upstream, log);
    } catch (error) {
      if (error instanceof ApiError) throw error;
      const isLate = signal.aborted;
      const message = error instanceof Error ? error.message : String(error);
      log.warn("proxy_failed", { resource, late: isLate, message });
      throw isLate
        ? new ApiError(504, { error: "timeout" })
        : new ApiError(502, { error: "bad gateway" });
    }
  }

  /** Only method, content-type and body go on, with the token. */
  #onward(
    request: Request,
    resource: AdminResource,
    body: string | undefined,
    signal: AbortSignal,
  ): Request {
    const { internalUrl, token } = this.#options;
    const type = request.headers.get("content-type");
    const base = internalUrl === "" ? "http://localhost" : internalUrl.replace(/\/+$/, "");
    return new Request(`${base}/admin/synthetic/${resource}`, {
      method: request.method === "HEAD" ? "GET" : request.method,
      headers: { authorization: `Bearer ${token}`, ...(type !== null && { "content-type": type }) },
      ...(body !== undefined && { body }),
      redirect: "manual", // the token goes to nobody else
      signal,
    });
  }

  async #ask(
    onward: Request,
    resource: AdminResource,
    caller: AdminCaller,
    requestId: string,
  ): Promise<Response> {
    const { admin, internalUrl } = this.#options;
    if (internalUrl !== "") return await fetch(onward);
    return await admin.handle(onward, resource, caller, requestId);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** The part of an answer that pages may see. */
async function passed(upstream: Response, log: Logger): Promise<Response> {
  const type = upstream.headers.get("content-type") ?? "";
  const text = await readAnswer(upstream);
  if (!PASSED.has(upstream.status) || !/^application\/json\b/i.test(type) || text === null) {
    log.warn("proxy_refused_answer", { status: upstream.status });
    const fields = { upstream_status: upstream.status };
    throw new ApiError(502, { error: "bad gateway", fields });
  }
  return new Response(text, {
    status: upstream.status,
    headers: { "content-type": type, "cache-control": "no-store" },
  });
}

async function readAnswer(response: Response): Promise<string | null> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_ANSWER_BYTES) return null;
  }
  return text + decoder.decode();
}
