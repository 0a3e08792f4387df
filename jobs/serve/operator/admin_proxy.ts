import type { AdminApi, AdminResource } from "./admin.ts";
import { readText, sameOrigin } from "../../kit/http/mod.ts";
import type { Logger } from "../../kit/mod.ts";
import { CSRF_HEADER, type Operator, type Operators } from "./operators.ts";

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
  readonly operators: Operators;
  readonly log: Logger;
  /** Longest wait, ms; 3 s when left out. */
  readonly timeoutMs?: number;
}

/** Passes requests of operators' pages to the control endpoints, and keeps the token to itself. */
export class AdminProxy {
  readonly #options: AdminProxyOptions;

  constructor(options: AdminProxyOptions) {
    this.#options = options;
  }

  /** Answers a request of a page. */
  async handle(
    request: Request,
    info: Deno.ServeHandlerInfo,
    resource: AdminResource,
  ): Promise<Response> {
    const { isOn, token, operators } = this.#options;
    if (!isOn) return answer(404, { error: "not found" });
    const operator = operators.identify(request, info);
    if (operator === null) return this.#unknownCaller();
    const refusal = this.#refuse(request, resource, operator);
    if (refusal !== null) return refusal;
    const body = request.method === "PUT" ? await readText(request, MAX_BODY_BYTES) : undefined;
    if (body === null) {
      return answer(413, { error: `the body must be at most ${MAX_BODY_BYTES} bytes` });
    }
    if (!/^[\x21-\x7e]+$/.test(token)) {
      this.#options.log.error("proxy_misconfigured", {
        message: "SYNTHETIC_ADMIN_TOKEN is unusable",
      });
      return answer(500, { error: "proxy misconfigured" });
    }
    const response = await this.#forward(request, info, resource, operator, body);
    if (resource === "status") response.headers.set(CSRF_HEADER, operator.csrfToken);
    return response;
  }

  #unknownCaller(): Response {
    return this.#options.operators.hasPassphrase
      ? answer(401, { error: "sign in first", login: "/login" })
      : answer(401, {
        error: "control is for this machine only, as no operator passphrase is set",
      });
  }

  /** Whatever speaks against a request of an operator's browser. */
  #refuse(request: Request, resource: AdminResource, operator: Operator): Response | null {
    const methods = resource === "status" ? ["GET"] : ["GET", "PUT"];
    if (!methods.includes(request.method)) {
      return answer(405, { error: "method not allowed" }, { allow: methods.join(", ") });
    }
    const isPut = request.method === "PUT";
    const isForeign = !sameOrigin(request) || (isPut && !request.headers.has("origin")) ||
      /^(cross-site|same-site)$/.test(request.headers.get("sec-fetch-site") ?? "");
    if (isForeign) return answer(403, { error: "foreign origin" });
    if (isPut && !this.#options.operators.hasCsrfToken(request, operator)) {
      return answer(403, { error: "missing or wrong csrf token" });
    }
    return null;
  }

  async #forward(
    request: Request,
    info: Deno.ServeHandlerInfo,
    resource: AdminResource,
    operator: Operator,
    body: string | undefined,
  ): Promise<Response> {
    const { log, timeoutMs = TIMEOUT_MS } = this.#options;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const upstream = await Promise.race([
        this.#ask(request, info, resource, operator, body, signal),
        aborted(signal),
      ]);
      return await passed(upstream, log);
    } catch (error) {
      const isLate = signal.aborted;
      const message = error instanceof Error ? error.message : String(error);
      log.warn("proxy_failed", { resource, late: isLate, message });
      return isLate ? answer(504, { error: "timeout" }) : answer(502, { error: "bad gateway" });
    }
  }

  /** Only method, content-type and body go on, with the token. */
  async #ask(
    request: Request,
    info: Deno.ServeHandlerInfo,
    resource: AdminResource,
    operator: Operator,
    body: string | undefined,
    signal: AbortSignal,
  ): Promise<Response> {
    const { admin, internalUrl, operators, token } = this.#options;
    const type = request.headers.get("content-type");
    const isLocal = internalUrl === "";
    const base = isLocal ? "http://localhost" : internalUrl.replace(/\/+$/, "");
    const onward = new Request(`${base}/admin/synthetic/${resource}`, {
      method: request.method,
      headers: { authorization: `Bearer ${token}`, ...(type !== null && { "content-type": type }) },
      ...(body !== undefined && { body }),
      redirect: "manual", // the token goes to nobody else
      signal,
    });
    if (!isLocal) return await fetch(onward);
    const address = operators.address(request, info);
    return await admin.handle(onward, resource, { operator: operator.id, address });
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
    return answer(502, { error: "bad gateway", upstream_status: upstream.status });
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

function answer(status: number, body: object, headers: HeadersInit = {}): Response {
  const response = Response.json(body, { status, headers });
  response.headers.set("cache-control", "no-store");
  return response;
}
