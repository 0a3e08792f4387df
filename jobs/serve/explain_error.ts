import { StoreError } from "../../modules/kit/mod.ts";
import { ApiError, type ErrorStatus } from "../kit/http/mod.ts";
import { RecorderError } from "../lake/capture/mod.ts";
import { CommandError } from "../market/mod.ts";
import { ResultError } from "../research/analysis/mod.ts";
import { PrivateSessionError } from "./frames/mod.ts";
import { UploadError } from "../feeds/mod.ts";
import { ReplayError } from "./replay/mod.ts";

const RECORDER: Readonly<Record<RecorderError["code"], ErrorStatus>> = {
  busy: 409,
  idle: 409,
  not_running: 409,
  exists: 409,
  disk_full: 507,
};

const REPLAY: Readonly<Record<ReplayError["code"], ErrorStatus>> = {
  too_many_sessions: 429,
  out_of_range: 400,
  not_found: 404,
};

const RESULT: Readonly<Record<ResultError["code"], ErrorStatus>> = {
  not_found: 404,
  unreadable: 503,
};

const UPLOAD: Readonly<Record<UploadError["code"], ErrorStatus>> = {
  busy: 409,
  exists: 409,
  too_large: 413,
  unreadable: 422,
  disk_full: 507,
  broke_off: 400,
  too_slow: 408,
};

/** What an error of a part of the process is told as; null for one of the server's own. */
export function explainError(error: unknown): ApiError | null {
  if (error instanceof StoreError) {
    const text = "The tape's storage does not answer";
    return new ApiError(503, { code: error.code, error: text, retryAfterMs: 1_000 });
  }
  const status = statusOf(error);
  if (status === null) return null;
  const { code, message } = error as { readonly code: string; readonly message: string };
  return new ApiError(status, { code, error: message });
}

function statusOf(error: unknown): ErrorStatus | null {
  if (error instanceof CommandError) return 409;
  if (error instanceof UploadError) return UPLOAD[error.code];
  if (error instanceof RecorderError) return RECORDER[error.code];
  if (error instanceof PrivateSessionError) return 429;
  if (error instanceof ReplayError) return REPLAY[error.code];
  return error instanceof ResultError ? RESULT[error.code] : null;
}
