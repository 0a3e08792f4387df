/** A message that breaks the contract of the stream; `field` is at fault. */
export class SurfaceWireError extends TypeError {
  override name = "SurfaceWireError";
  readonly code = "bad_message";
  readonly field: string;

  constructor(field: string, expected: string, found: unknown) {
    super(`Cannot read the surfaces as "${field}" is not ${expected}: ${String(found)}`);
    this.field = field;
  }
}

/** What the server says of the stream. */
export interface StreamStatus {
  readonly mode: "live" | "replay";
  readonly isPaused: boolean;
  readonly speed: number;
  /** Whether windows were sent since the market was opened or went elsewhere. */
  readonly hasWindows: boolean;
  /** Null before the first window. */
  readonly hasOptions: boolean | null;
  readonly symbol: string | null;
  /** Tick of the future, 1e-9 points. */
  readonly tickInt: number | null;
  readonly error: string | null;
}

/** A text of the stream. */
export type SurfaceText =
  | { readonly type: "batch_start"; readonly endS: number; readonly surfaces: readonly string[] }
  | { readonly type: "surface_header"; readonly surface: string }
  | { readonly type: "batch_end" }
  | { readonly type: "status"; readonly status: StreamStatus }
  | { readonly type: "gap"; readonly dropped: number }
  /** The server's clock, epoch ms. */
  | { readonly type: "heartbeat"; readonly atMs: number }
  | { readonly type: "end" };

type Fields = Readonly<Record<string, unknown>>;

/** @throws {SurfaceWireError} When it is no text of the stream. */
export function readSurfaceText(text: string): SurfaceText {
  const from = fieldsOf(text);
  switch (from["type"]) {
    case "batch_start":
      return { type: "batch_start", endS: endOf(from), surfaces: namesOf(from["surfaces"]) };
    case "surface_header":
      return { type: "surface_header", surface: textOf(from, "surface") };
    case "status":
      return { type: "status", status: statusOf(from) };
    case "gap":
      return { type: "gap", dropped: numberOf(from, "dropped") };
    case "heartbeat":
      return { type: "heartbeat", atMs: Number(nsOf(from, "ts_ns") / 1_000n) / 1_000 };
    case "batch_end":
      return { type: "batch_end" };
    case "end":
      return { type: "end" };
    default:
      throw new SurfaceWireError("type", "a message of this stream", from["type"]);
  }
}

function fieldsOf(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SurfaceWireError("message", "JSON", text.slice(0, 80));
  }
  if (typeof value !== "object" || value === null) {
    throw new SurfaceWireError("message", "an object", value);
  }
  return value as Fields;
}

function statusOf(from: Fields): StreamStatus {
  const orNull = <T>(name: string, read: (from: Fields, name: string) => T): T | null =>
    from[name] === null || from[name] === undefined ? null : read(from, name);
  const tickInt = orNull("tick_int", numberOf);
  if (tickInt !== null && !(tickInt > 0)) {
    throw new SurfaceWireError("tick_int", "a positive number", tickInt);
  }
  return {
    mode: from["mode"] === "replay" ? "replay" : "live",
    isPaused: from["paused"] === true,
    speed: numberOf(from, "speed"),
    hasWindows: typeof from["window_end_ts_ns"] === "string",
    hasOptions: orNull("options", (fields, name) => fields[name] === true),
    symbol: orNull("symbol", textOf),
    tickInt,
    error: orNull("error", textOf),
  };
}

const SECOND_NS = 1_000_000_000n;

function endOf(from: Fields): number {
  const ns = nsOf(from, "window_end_ts_ns");
  if (ns % SECOND_NS !== 0n) {
    throw new SurfaceWireError("window_end_ts_ns", "a whole second", ns);
  }
  return Number(ns / SECOND_NS);
}

function nsOf(from: Fields, name: string): bigint {
  const text = textOf(from, name);
  if (!/^\d{1,19}$/.test(text)) throw new SurfaceWireError(name, "ns in decimals", text);
  return BigInt(text);
}

function namesOf(value: unknown): readonly string[] {
  const isNames = Array.isArray(value) && value.every((name) => typeof name === "string");
  if (!isNames) throw new SurfaceWireError("surfaces", "a list of names", value);
  return value;
}

function textOf(from: Fields, name: string): string {
  const value = from[name];
  if (typeof value !== "string") throw new SurfaceWireError(name, "a text", value);
  return value;
}

function numberOf(from: Fields, name: string): number {
  const value = from[name];
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new SurfaceWireError(name, "a finite number", value);
  }
  return value;
}
