import { REGIME_LABELS } from "../text/mod.ts";
import type { FeedClockReading, FeedState, Regime } from "../../../modules/feed/contract.ts";
import { readForecast } from "./forecast_wire.ts";
import { WireError } from "./wire_error.ts";

export { WireError };

/** What the page needs of the text frame that opens a stream. */
export interface StreamConfig {
  readonly symbol: string;
  readonly productType: string;
  /** 1e-9 currency units per tick, > 0. */
  readonly tickInt: number;
  /** Currency per price unit. */
  readonly priceScale: number;
  readonly priceDecimals: number;
  readonly qtyUnit: string;
  readonly radius: number;
  readonly cellMs: number;
  readonly horizonsMs: readonly number[];
  readonly horizonsBins: readonly number[];
  readonly configVersion: string;
  readonly gridFields: readonly string[];
  readonly feed: FeedState | null;
  /** The server's clock when it was sent, epoch ms; null of a server that does not say. */
  readonly sentMs: number | null;
}

/** Header of one bin; the Arrow rows follow in the next binary frame. Prices are 1e-9 units. */
export interface BinHeader {
  readonly binStartNs: bigint;
  readonly binEndNs: bigint;
  readonly spotPriceInt: number;
  readonly bidPriceInt: number;
  readonly askPriceInt: number;
  readonly binSeq: number;
  readonly binEventCount: number;
  readonly eventId: number;
  readonly midPrice: number;
  readonly bookValid: boolean;
  readonly spotHalfTick: boolean;
  readonly live: boolean;
  /** What is forecast at the bin's end, as `readForecast` gives it; null when the stream has none. */
  readonly forecast: Float64Array | null;
}

/** Head of the trades of one bin; its rows follow in the next binary frame, where there are any. */
export interface TradesHead {
  readonly part: "trade_cells" | "trade_prints";
  readonly binSeq: number;
  readonly binEndNs: bigint;
  readonly rows: number;
  /** Prints that are told in the cells alone. */
  readonly leftOut: number;
  readonly live: boolean;
}

/** A text frame of the stream. */
export type StreamMessage =
  | { readonly type: "runtime_config"; readonly config: StreamConfig }
  | { readonly type: "grid_update"; readonly update: BinHeader }
  | { readonly type: "trades"; readonly head: TradesHead }
  | { readonly type: "feed_state"; readonly state: FeedState; readonly sentMs: number | null }
  /** The past that was asked for has been sent. */
  | { readonly type: "backfilled" }
  | { readonly type: "dropped"; readonly bins: number }
  | { readonly type: "reset"; readonly reason: string }
  | { readonly type: "error"; readonly message: string };

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown, name: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new WireError(name, "an object", value);
  }
  return value as Fields;
}

function text(from: Fields, name: string): string {
  const value = from[name];
  if (typeof value !== "string") throw new WireError(name, "a text", value);
  return value;
}

function number(from: Fields, name: string, min = -Infinity): number {
  const value = from[name];
  if (typeof value !== "number" || !Number.isFinite(value) || value < min) {
    const expected = min === -Infinity ? "a finite number" : `a finite number of at least ${min}`;
    throw new WireError(name, expected, value);
  }
  return value;
}

function integer(from: Fields, name: string, min = -Infinity): number {
  const value = number(from, name, min);
  if (!Number.isInteger(value)) throw new WireError(name, "an integer", value);
  return value;
}

function flag(from: Fields, name: string): boolean {
  const value = from[name];
  if (typeof value !== "boolean") throw new WireError(name, "true or false", value);
  return value;
}

function oneOf<T extends string>(from: Fields, name: string, allowed: readonly T[]): T {
  const value = from[name];
  const found = allowed.find((item) => item === value);
  if (found === undefined) throw new WireError(name, `one of ${allowed.join(", ")}`, value);
  return found;
}

function nullable<T>(
  from: Fields,
  name: string,
  read: (from: Fields, name: string) => T,
): T | null {
  return from[name] === null ? null : read(from, name);
}

function decimal(from: Fields, name: string): bigint {
  const value = text(from, name);
  if (!/^-?\d{1,19}$/.test(value)) throw new WireError(name, "decimal digits", value);
  return BigInt(value);
}

function epochNs(from: Fields, name: string): string {
  const value = text(from, name);
  if (!/^\d{1,19}$/.test(value)) throw new WireError(name, "decimal digits", value);
  return value;
}

function positives(from: Fields, name: string): readonly number[] {
  const value = from[name];
  if (
    !Array.isArray(value) || value.length === 0 ||
    !value.every((item) => Number.isInteger(item) && item > 0)
  ) {
    throw new WireError(name, "a list of positive integers", value);
  }
  return value as readonly number[];
}

const REGIMES = Object.keys(REGIME_LABELS) as readonly Regime[];

function speed(from: Fields, name: string): number | "max" {
  return from[name] === "max" ? "max" : number(from, name, 0);
}

function readClock(from: Fields, name: string): FeedClockReading {
  const clock = fields(from[name], name);
  return {
    dueNs: epochNs(clock, "dueNs"),
    atMs: number(clock, "atMs"),
    rate: number(clock, "rate", 0),
  };
}

function sentMs(from: Fields): number | null {
  return from["ts"] === undefined ? null : number(from, "ts");
}

/**
 * Returns the feed state in a JSON value.
 *
 * @throws {WireError} When a field is missing or of the wrong kind.
 */
export function readFeedState(value: unknown): FeedState {
  const from = fields(value, "state");
  const coverage = fields(from["coverage"], "coverage");
  return {
    kind: oneOf(from, "kind", ["synthetic", "replay"]),
    isSynthetic: flag(from, "isSynthetic"),
    phase: oneOf(from, "phase", ["opening", "live", "paused", "seeking", "ended", "error"]),
    name: text(from, "name"),
    symbol: text(from, "symbol"),
    model: oneOf(from, "model", ["complete", "compat"]),
    speed: speed(from, "speed"),
    regime: nullable(from, "regime", (f, n) => oneOf(f, n, REGIMES)),
    regimeHeld: flag(from, "regimeHeld"),
    seed: nullable(from, "seed", integer),
    startNs: nullable(from, "startNs", epochNs),
    endNs: nullable(from, "endNs", epochNs),
    nowNs: nullable(from, "nowNs", epochNs),
    clock: nullable(from, "clock", readClock),
    events: number(from, "events"),
    bins: number(from, "bins"),
    eventsPerSecond: number(from, "eventsPerSecond"),
    binsPerSecond: number(from, "binsPerSecond"),
    lagMs: number(from, "lagMs"),
    coverage: {
      add: number(coverage, "add"),
      pull: number(coverage, "pull"),
      fill: number(coverage, "fill"),
    },
    progress: nullable(from, "progress", number),
    message: nullable(from, "message", text),
  };
}

function readConfig(from: Fields): StreamConfig {
  const productType = oneOf(from, "product_type", ["future_mbo", "equity_mbo"]);
  const priceScale = number(from, "price_scale");
  const step = number(from, productType === "equity_mbo" ? "bucket_size_dollars" : "tick_size");
  const tickInt = Math.round(step / priceScale);
  if (!(tickInt > 0)) throw new WireError("tick_size", "a positive number of price units", step);
  const cellMs = integer(from, "cell_width_ms", 1);
  const horizonsBins = positives(from, "projection_horizons_bins");
  const horizonsMs = positives(from, "projection_horizons_ms");
  if (
    horizonsMs.length !== horizonsBins.length ||
    horizonsMs.some((ms, i) => ms !== horizonsBins[i]! * cellMs)
  ) {
    throw new WireError("projection_horizons_ms", "horizons in bins times cell width", horizonsMs);
  }
  oneOf(from, "stream_format", ["dense_grid"]);
  const radius = integer(from, "grid_radius_ticks", 1);
  if (integer(from, "grid_rows") !== 2 * radius + 1) {
    throw new WireError("grid_rows", `${2 * radius + 1}`, from["grid_rows"]);
  }
  const gridFields = from["grid_schema_fields"];
  if (!Array.isArray(gridFields) || !gridFields.every((f) => typeof f === "string")) {
    throw new WireError("grid_schema_fields", "a list of column names", gridFields);
  }
  return {
    symbol: text(from, "symbol"),
    productType,
    tickInt,
    priceScale,
    priceDecimals: integer(from, "price_decimals", 0),
    qtyUnit: text(from, "qty_unit"),
    radius,
    cellMs,
    horizonsMs,
    horizonsBins,
    configVersion: text(from, "config_version"),
    gridFields,
    feed: from["feed"] === undefined || from["feed"] === null ? null : readFeedState(from["feed"]),
    sentMs: sentMs(from),
  };
}

function readUpdate(from: Fields): BinHeader {
  return {
    binStartNs: decimal(from, "bin_start_ns"),
    binEndNs: decimal(from, "bin_end_ns"),
    spotPriceInt: Number(decimal(from, "spot_ref_price_int")),
    bidPriceInt: Number(decimal(from, "best_bid_price_int")),
    askPriceInt: Number(decimal(from, "best_ask_price_int")),
    binSeq: integer(from, "bin_seq", 0),
    binEventCount: integer(from, "bin_event_count", 0),
    eventId: number(from, "event_id"),
    midPrice: number(from, "mid_price"),
    bookValid: flag(from, "book_valid"),
    spotHalfTick: flag(from, "spot_half_tick"),
    live: flag(from, "live"),
    forecast: readForecast(from["forecast"]),
  };
}

function readTradesHead(from: Fields): TradesHead {
  return {
    part: oneOf(from, "type", ["trade_cells", "trade_prints"]),
    binSeq: integer(from, "bin_seq", 0),
    binEndNs: decimal(from, "bin_end_ns"),
    rows: integer(from, "rows", 0),
    leftOut: integer(from, "left_out", 0),
    live: flag(from, "live"),
  };
}

/**
 * Returns the message in a text frame.
 *
 * @throws {WireError} When the text is no JSON object, of an unknown type, or a field is at fault.
 */
export function readMessage(frame: string): StreamMessage {
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    throw new WireError("frame", "JSON", frame);
  }
  const from = fields(value, "frame");
  switch (from["type"]) {
    case "grid_update":
      return { type: "grid_update", update: readUpdate(from) };
    case "trade_cells":
    case "trade_prints":
      return { type: "trades", head: readTradesHead(from) };
    case "feed_state":
      return {
        type: "feed_state",
        state: readFeedState(from["state"]),
        sentMs: sentMs(from),
      };
    case "backfilled":
      return { type: "backfilled" };
    case "runtime_config":
      return { type: "runtime_config", config: readConfig(from) };
    case "dropped":
      return { type: "dropped", bins: integer(from, "bins", 0) };
    case "reset":
      return { type: "reset", reason: text(from, "reason") };
    case "error":
      return { type: "error", message: text(from, "message") };
    default:
      throw new WireError("type", "a known message type", from["type"]);
  }
}
