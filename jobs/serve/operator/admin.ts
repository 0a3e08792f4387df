import { createHash, timingSafeEqual } from "node:crypto";
import {
  type BackendMode,
  ControlStoreError,
  SyntheticControlState,
  type SyntheticDerivedStatus,
  type SyntheticStatus,
  type TapeFacts,
  type TapeStatus,
} from "../../../modules/control/mod.ts";
import {
  ApiError,
  clientNetwork,
  errorResponse,
  RateWindow,
  readBodyText,
} from "../../kit/http/mod.ts";
import { type Logger, WarningGate } from "../../kit/mod.ts";
import type { ControlService, ControlWritten } from "../../control/mod.ts";

/** Shortest token that opens the endpoints. */
const MIN_TOKEN_CHARS = 24;

/** Largest body of a write, bytes. */
const MAX_BODY_BYTES = 65_536;

/** Writes a minute, of all operators together. */
const MAX_WRITES_PER_MINUTE = 30;

/** Least time between two audit lines of wrong tokens from one network, ms. */
const AUDIT_EVERY_MS = 60_000;

/** What the endpoints need to know. */
export interface AdminOptions {
  readonly enabled: boolean;
  readonly token: string;
  readonly adapters: { readonly options: string; readonly equities: string };
  readonly service: ControlService;
  readonly tape: () => TapeStatus | null;
  readonly log: Logger;
  /** Monotonic clock, ms. */
  readonly nowMs: () => number;
}

/** Which of the two addresses is asked. */
export type AdminResource = "status" | "control";

/** Who asks. */
export interface AdminCaller {
  /** Stamped on writes. */
  readonly operator: string;
  /** For the audit line. */
  readonly address: string;
}

const REASONS: Readonly<Record<BackendMode, string>> = {
  synthetic: "",
  mixed:
    "Synthetic control needs both ingest adapters in synthetic mode: one of them is not synthetic",
  live: "Synthetic control needs a synthetic market: neither ingest adapter is synthetic",
};

/** The operators' endpoints `/admin/synthetic/status` and `/admin/synthetic/control`. */
export class AdminApi {
  readonly #options: AdminOptions;
  readonly #writes: RateWindow;
  readonly #refusals = new WarningGate(AUDIT_EVERY_MS);
  readonly #mode: BackendMode;
  readonly #isOpen: boolean;

  constructor(options: AdminOptions) {
    this.#options = options;
    this.#writes = new RateWindow(MAX_WRITES_PER_MINUTE, 60_000, options.nowMs);
    this.#mode = backendMode(options.adapters);
    this.#isOpen = options.enabled && options.token.length >= MIN_TOKEN_CHARS;
    if (options.enabled && !this.#isOpen) {
      options.log.error("control_closed", {
        message: `SYNTHETIC_ADMIN_TOKEN must have at least ${MIN_TOKEN_CHARS} characters`,
      });
    }
  }

  /** Whether both, one or none of the tapes is synthetic. */
  get mode(): BackendMode {
    return this.#mode;
  }

  /** Whether the endpoints are there at all. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Answers a request; the first check that fails decides. */
  async handle(
    request: Request,
    resource: AdminResource,
    caller: AdminCaller,
    requestId: string,
  ): Promise<Response> {
    try {
      return await this.#answer(request, resource, caller);
    } catch (error) {
      if (error instanceof ApiError) return errorResponse(error, requestId);
      throw error;
    }
  }

  async #answer(
    request: Request,
    resource: AdminResource,
    caller: AdminCaller,
  ): Promise<Response> {
    if (!this.#isOpen) throw new ApiError(404);
    const isWrite = request.method === "PUT";
    if (!this.#hasToken(request)) {
      if (isWrite) this.#auditStranger(caller);
      const headers = { "www-authenticate": "Bearer" };
      throw new ApiError(401, { code: "unauthorized", error: "unauthorized", headers });
    }
    const methods = resource === "status" ? ["GET"] : ["GET", "PUT"];
    if (!methods.includes(request.method)) {
      throw new ApiError(405, { headers: { allow: methods.join(", ") } });
    }
    if (this.#mode !== "synthetic") {
      if (isWrite) this.#audit(caller, "not_synthetic", 409);
      const fields = this.#status();
      throw new ApiError(409, { code: "not_synthetic", error: "not synthetic", fields });
    }
    if (resource === "status") return answer(200, this.#status());
    if (isWrite) return await this.#put(request, caller);
    const { view, storedRevision: revision } = this.#options.service;
    return answer(
      200,
      { control: view.control, revision, activate_at: view.activateAt },
      { etag: `"${revision}"` },
    );
  }

  /** Takes a write; every one that is refused leaves an audit line. */
  async #put(request: Request, caller: AdminCaller): Promise<Response> {
    try {
      const { body, ifRevision } = await this.#readWrite(request);
      const { updated_at: _at, updated_by: _by, ...content } = body;
      const written = await this.#options.service.put({
        content,
        operator: caller.operator,
        ...(ifRevision !== null && { ifRevision }),
      });
      return this.#written(written, caller);
    } catch (error) {
      const refusal = error instanceof ControlStoreError
        ? new ApiError(503, { code: "store_away", error: "the control store is unavailable" })
        : error;
      if (refusal instanceof ApiError) this.#audit(caller, refusal.code, refusal.status);
      throw refusal;
    }
  }

  /** What a write asks for. @throws {ApiError} When it is one too many, or no control state. */
  async #readWrite(
    request: Request,
  ): Promise<{ readonly body: SyntheticControlState; readonly ifRevision: number | null }> {
    const waitMs = this.#writes.take("all");
    if (waitMs > 0) {
      const fields = { retry_after_s: Math.ceil(waitMs / 1_000) };
      throw new ApiError(429, { error: "too many writes", retryAfterMs: waitMs, fields });
    }
    if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "")) {
      throw new ApiError(415, { error: "the content-type must be application/json" });
    }
    const parsed = parseControl(await readBodyText(request, MAX_BODY_BYTES));
    if ("issues" in parsed) {
      const { issues } = parsed;
      const error = "invalid control state";
      throw new ApiError(400, { code: "invalid", error, fields: { issues } });
    }
    return { body: parsed.control, ifRevision: revisionOf(request.headers.get("if-match")) };
  }

  #written(written: ControlWritten, caller: AdminCaller): Response {
    if (written.kind === "stale") {
      const fields = { revision: written.revision };
      throw new ApiError(412, { error: "revision mismatch", fields });
    }
    const { view, diff } = written;
    this.#audit(caller, written.kind, 200, { revision: view.revision, diff });
    const derived = derivedOf(this.#options.tape()?.facts() ?? null);
    return answer(
      200,
      { control: view.control, derived, revision: view.revision, activate_at: view.activateAt },
      { etag: `"${view.revision}"` },
    );
  }

  #status(): SyntheticStatus {
    const { adapters, service, tape } = this.#options;
    const mode = this.#mode;
    if (mode !== "synthetic") {
      return {
        enabled: false,
        backend_mode: mode,
        adapters,
        control: null,
        derived: null,
        engine: null,
        disabled_reason: REASONS[mode],
      };
    }
    const facts = tape()?.facts() ?? null;
    return {
      enabled: true,
      backend_mode: mode,
      adapters,
      control: service.view.control,
      derived: derivedOf(facts),
      engine: {
        revision: service.storedRevision,
        activate_at: service.view.activateAt,
        revision_in_force: facts?.revision_in_force ?? null,
        generated_hit_counts: facts?.generated_hit_counts ?? null,
        control_watch_age_ms: service.controlWatchAgeMs,
        server_time: service.epochMs(),
      },
    };
  }

  #hasToken(request: Request): boolean {
    const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1];
    const given = bearer ?? request.headers.get("x-synthetic-admin-token");
    return given !== null && isEqualSecret(given, this.#options.token);
  }

  /** One line a minute and network; it tells how many were left out before it. */
  #auditStranger(caller: AdminCaller): void {
    const suppressed = this.#refusals.passKind(
      clientNetwork(caller.address),
      this.#options.nowMs(),
    );
    if (suppressed === null) return;
    this.#audit(caller, "unauthorized", 401, suppressed > 0 ? { suppressed } : {});
  }

  #audit(
    caller: AdminCaller,
    result: string,
    status: number,
    more: { readonly revision?: number; readonly diff?: string; readonly suppressed?: number } = {},
  ): void {
    const { operator, address } = caller;
    this.#options.log.info("control_write", { operator, address, result, status, ...more });
  }
}

/** Whether two texts are equal, in a time that tells nothing of where they differ. */
function isEqualSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function backendMode({ options, equities }: AdminOptions["adapters"]): BackendMode {
  const synthetic = [options, equities].filter((name) => name === "synthetic").length;
  return synthetic === 2 ? "synthetic" : synthetic === 1 ? "mixed" : "live";
}

function derivedOf(facts: TapeFacts | null): SyntheticDerivedStatus | null {
  if (facts === null) return null;
  return {
    session_phase: facts.session_phase,
    regime: facts.regime,
    focus_symbols: [...facts.focus_symbols],
    profile_hit_counts: { ...facts.profile_hit_counts },
    coverage_window_minutes: facts.coverage_window_minutes,
  };
}

/** Answers of the endpoints: never cached, and without headers that open them to other origins. */
function answer(status: number, body: object, headers: HeadersInit = {}): Response {
  const response = Response.json(body, { status, headers });
  response.headers.set("cache-control", "no-store");
  return response;
}

function parseControl(
  text: string,
): { readonly control: SyntheticControlState } | { readonly issues: readonly Issue[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { issues: [{ path: "", message: "must be valid JSON" }] };
  }
  const parsed = SyntheticControlState.safeParse(value);
  return parsed.success
    ? { control: parsed.data }
    : { issues: parsed.error.issues.flatMap(issuesOf) };
}

interface Issue {
  readonly path: string;
  readonly message: string;
}

/** An issue per key: zod reports unknown keys of one object together. */
function issuesOf(issue: { path: PropertyKey[]; message: string; keys?: string[] }): Issue[] {
  const path = issue.path.map(String);
  if (issue.keys === undefined) return [{ path: path.join("."), message: issue.message }];
  return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "unknown key" }));
}

/** The revision of an `If-Match` header; null when any will do, -1 when none can match. */
function revisionOf(header: string | null): number | null {
  if (header === null || header.trim() === "*") return null;
  const digits = /^\s*"?(\d{1,16})"?\s*$/.exec(header)?.[1];
  return digits === undefined ? -1 : Number(digits);
}
