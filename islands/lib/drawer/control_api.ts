import type {
  SyntheticControlState,
  SyntheticControlWritten,
  SyntheticStatus,
} from "../../../modules/control/contract.ts";
import type { ControlEvent, Failure } from "./control_model.ts";

const STATUS = "/api/admin/synthetic/status";
const CONTROL = "/api/admin/synthetic/control";
const CSRF_HEADER = "x-csrf-token";

/** Longest wait for an answer, ms; the server itself gives up after 3 s. */
const TIMEOUT_MS = 8_000;

/** Speaks to the server, and keeps the token that writes must repeat. */
export class ControlApi {
  #csrfToken = "";

  /** Looks at the status. Never throws: what goes wrong is an event as well. */
  async poll(): Promise<ControlEvent> {
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(STATUS, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      body = await response.json();
    } catch (error) {
      return { type: "poll_refused", access: { kind: "lost", failure: unreached(error) } };
    }
    this.#csrfToken = response.headers.get(CSRF_HEADER) ?? this.#csrfToken;
    if (response.ok && isStatus(body)) return { type: "polled", status: body };
    return { type: "poll_refused", access: accessOf(response.status, body) };
  }

  /** Writes the whole state. Never throws. */
  async put(state: SyntheticControlState): Promise<ControlEvent> {
    try {
      const response = await fetch(CONTROL, {
        method: "PUT",
        headers: { "content-type": "application/json", [CSRF_HEADER]: this.#csrfToken },
        body: JSON.stringify(state),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const body: unknown = await response.json();
      if (response.ok && isWritten(body)) {
        const { control, revision, activate_at: activateAt } = body;
        return { type: "written", confirmed: { control, revision, activateAt } };
      }
      return { type: "write_failed", failure: failureOf(response.status, body) };
    } catch (error) {
      return { type: "write_failed", failure: unreached(error) };
    }
  }
}

function unreached(error: unknown): Failure {
  const isLate = error instanceof DOMException && error.name === "TimeoutError";
  return { status: 0, message: isLate ? "the server did not answer" : "the server is not reached" };
}

function field(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
}

function text(body: unknown, name: string): string | null {
  const value = field(body, name);
  return typeof value === "string" ? value : null;
}

/** The server's words, with the fields it found wrong. */
function failureOf(status: number, body: unknown): Failure {
  const issues = field(body, "issues");
  const first: unknown = Array.isArray(issues) ? issues[0] : undefined;
  const issue = first === undefined ? "" : `: ${text(first, "path")} ${text(first, "message")}`;
  const message = text(body, "disabled_reason") ?? text(body, "error") ?? "no reason was given";
  return { status, message: message + issue };
}

function accessOf(
  status: number,
  body: unknown,
): Extract<ControlEvent, { access: unknown }>["access"] {
  const failure = failureOf(status, body);
  if (status === 404) return { kind: "disabled" };
  if (status === 409 && isStatus(body)) return { kind: "conflict", status: body };
  if (status === 401) {
    return { kind: "signed_out", message: failure.message, login: text(body, "login") };
  }
  return { kind: "lost", failure };
}

/** The server checks its answers against the contract; here only their outline is looked at. */
function isControl(value: unknown): value is SyntheticControlState {
  return typeof field(value, "preset_id") === "string" &&
    typeof field(value, "profile_weights") === "object";
}

function isWritten(value: unknown): value is SyntheticControlWritten {
  return isControl(field(value, "control")) && typeof field(value, "revision") === "number" &&
    typeof field(value, "activate_at") === "number";
}

function isStatus(value: unknown): value is SyntheticStatus {
  const control = field(value, "control");
  return typeof field(value, "backend_mode") === "string" &&
    typeof field(value, "adapters") === "object" && (control === null || isControl(control));
}
