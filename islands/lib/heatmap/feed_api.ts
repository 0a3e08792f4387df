import type { FeedCommand, FeedState } from "../../../modules/feed/contract.ts";
import { readFeedState } from "./wire.ts";

/** A recording that the server can replay. */
export interface FeedFile {
  readonly name: string;
  readonly bytes: number;
  readonly symbol: string | null;
  readonly startNs: string | null;
  readonly endNs: string | null;
  readonly instrument: string | null;
  /** What is wrong with the file, or null. */
  readonly problem: string | null;
  /** Whether it can be opened: of a damaged file what comes before the damage is shown. */
  readonly readable: boolean;
}

/** What the server can show. */
export interface FeedChoices {
  readonly files: readonly FeedFile[];
  readonly instruments: readonly { readonly name: string; readonly symbol: string }[];
  readonly regimes: readonly string[];
}

/** The server said no, or said nothing. `field` names the part of the command at fault. */
export class FeedApiError extends TypeError {
  override name = "FeedApiError";
  readonly field: string | null;
  constructor(message: string, field: string | null, options?: ErrorOptions) {
    super(message, options);
    this.field = field;
  }
}

const CSRF_HEADER = "x-csrf-token";

/** The token that commands of this page repeat; it changes when the server starts anew. */
let csrfToken = "";

async function get(path: string): Promise<Response> {
  const response = await fetch(path);
  csrfToken = response.headers.get(CSRF_HEADER) ?? csrfToken;
  return response;
}

/** Headers by which a write of this page repeats its token; asks `path` for one. */
export async function tokenHeaders(path: string): Promise<Readonly<Record<string, string>>> {
  await get(path);
  return { [CSRF_HEADER]: csrfToken };
}

function post(path: string, body: FeedCommand): Promise<Response> {
  return fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", [CSRF_HEADER]: csrfToken },
    body: JSON.stringify(body),
  });
}

/** Sends a command; without the token of this server it is fetched, once. */
async function command(path: string, body: FeedCommand): Promise<Response> {
  const response = await post(path, body);
  if (response.status !== 403) return response;
  const sent = csrfToken;
  await get(path);
  return csrfToken === sent ? response : await post(path, body);
}

async function ask(path: string, body?: FeedCommand): Promise<unknown> {
  let response: Response;
  try {
    response = body === undefined ? await get(path) : await command(path, body);
  } catch (cause) {
    throw new FeedApiError("The server cannot be reached", null, { cause });
  }
  const value: unknown = await response.json().catch(() => null);
  if (!response.ok) throw refusal(response.status, value);
  return value;
}

/** What an answer that is no success says. */
export function refusal(status: number, value: unknown): FeedApiError {
  const { error, detail } = record(value);
  const message = textOrNull(detail) ?? textOrNull(error);
  // A detail begins with the name of the field that breaks its rule.
  const field = textOrNull(detail)?.split(":", 1)[0] ?? null;
  return new FeedApiError(message ?? `The server answered with status ${status}`, field);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? value as Record<string, unknown> : {};
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/**
 * Sends a command and returns the state it led to.
 *
 * @throws {FeedApiError} When the server refuses or cannot be reached.
 */
export async function sendCommand(command: FeedCommand): Promise<FeedState> {
  return readFeedState(await ask("/v1/feed", command));
}

/**
 * Returns the recordings, instruments and regimes the server offers.
 *
 * @throws {FeedApiError} When the server cannot be reached.
 */
export async function fetchFeeds(): Promise<FeedChoices> {
  const value = record(await ask("/v1/feeds"));
  const list = (name: string) => Array.isArray(value[name]) ? value[name] as unknown[] : [];
  return {
    files: list("files").map(record).map((file) => ({
      name: String(file["name"] ?? ""),
      bytes: Number(file["bytes"] ?? 0),
      symbol: textOrNull(file["symbol"]),
      startNs: textOrNull(file["startNs"]),
      endNs: textOrNull(file["endNs"]),
      instrument: textOrNull(file["instrument"]),
      problem: textOrNull(file["problem"]),
      readable: file["readable"] !== false,
    })),
    instruments: list("instruments").map(record).map((item) => ({
      name: String(item["name"] ?? ""),
      symbol: String(item["symbol"] ?? ""),
    })),
    regimes: list("regimes").filter((item) => typeof item === "string"),
  };
}
