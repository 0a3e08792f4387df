import type { RecordingStatus } from "../../../modules/feed/contract.ts";

const PATH = "/v1/recording";
const CSRF_HEADER = "x-csrf-token";

/** Longest wait for an answer, ms; ending writes the last rows to the disk. */
const TIMEOUT_MS = 15_000;

const PHASES: readonly string[] = ["idle", "recording", "finishing", "done", "failed"];

/** The server said no, or said nothing. */
class RecordingApiError extends TypeError {
  override name = "RecordingApiError";
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? value as Record<string, unknown> : {};
}

function statusOf(value: unknown): RecordingStatus {
  const body = record(value);
  const phase = String(body["phase"]);
  return {
    phase: PHASES.includes(phase) ? phase as RecordingStatus["phase"] : "idle",
    name: textOrNull(body["name"]),
    folder: textOrNull(body["folder"]),
    symbol: textOrNull(body["symbol"]),
    bins: Number(body["bins"] ?? 0),
    bytes: Number(body["bytes"] ?? 0),
    elapsedMs: Number(body["elapsedMs"] ?? 0),
    message: textOrNull(body["message"]),
    allowed: body["allowed"] === true,
  };
}

/** Speaks to the server's recorder, and keeps the token that writes must repeat. */
export class RecordingApi {
  #csrfToken = "";

  /** The recording that runs, or the last one. @throws {RecordingApiError} */
  status(): Promise<RecordingStatus> {
    return this.#ask({});
  }

  /** Starts a recording. @throws {RecordingApiError} With the server's reason. */
  start(): Promise<RecordingStatus> {
    return this.#ask({
      method: "POST",
      headers: { "content-type": "application/json", [CSRF_HEADER]: this.#csrfToken },
      body: "{}",
    });
  }

  /** Ends the recording. @throws {RecordingApiError} With the server's reason. */
  stop(): Promise<RecordingStatus> {
    return this.#ask({ method: "DELETE", headers: { [CSRF_HEADER]: this.#csrfToken } });
  }

  async #ask(init: RequestInit): Promise<RecordingStatus> {
    let response: Response;
    try {
      response = await fetch(PATH, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch (cause) {
      throw new RecordingApiError("The server cannot be reached", { cause });
    }
    this.#csrfToken = response.headers.get(CSRF_HEADER) ?? this.#csrfToken;
    const body: unknown = await response.json().catch(() => null);
    if (response.ok) return statusOf(body);
    const { detail, error } = record(body);
    throw new RecordingApiError(
      textOrNull(detail) ?? textOrNull(error) ??
        `The server answered with status ${response.status}`,
    );
  }
}
