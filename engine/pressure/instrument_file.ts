import { createHash } from "node:crypto";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import type { Instrument } from "./instrument.ts";
import type { PressureModel } from "./pressure_engine.ts";
import type { PressureSettings } from "./pressure_settings.ts";

/** An instrument file: what is traded, and how the pressure engine looks at it. */
export interface InstrumentConfig extends Instrument, PressureSettings {
  /** First 12 hex digits of the SHA-256 over all fields but `tick_int` and `pressure_model`. */
  readonly config_version: string;
}

/** An instrument file that breaks a rule: names the file and the field. */
export class InstrumentError extends RangeError {
  override readonly name = "InstrumentError";
  readonly code = "bad_instrument";
  readonly field: string;

  constructor(field: string, rule: string, path: string) {
    super(`Cannot use the instrument file ${path}: ${field} ${rule}`);
    this.field = field;
  }
}

const number = z.union([z.number(), z.string().trim().min(1).transform(Number)])
  .pipe(z.number("must be a number"));
const whole = number.transform(Math.trunc);
const text = z.union([z.string(), z.number().transform(String)], "must be a text")
  .pipe(z.string()).transform((value) => value.trim());

function list(item: z.ZodType<number>) {
  const split = (value: unknown) =>
    typeof value === "string"
      ? value.split(",").map((part) => part.trim()).filter((part) => part !== "")
      : value;
  return z.preprocess(split, z.array(item, "must be a list of numbers"));
}

/** Every field, in the order in which the first fault is reported. */
const FIELDS = {
  product_type: text,
  symbol: text,
  symbol_root: text,
  price_scale: number,
  tick_size: number,
  bucket_size_dollars: number,
  rel_tick_size: number,
  grid_radius_ticks: whole,
  cell_width_ms: whole,
  n_absolute_ticks: whole,
  spectrum_windows: list(whole),
  spectrum_rollup_weights: list(number),
  spectrum_derivative_weights: list(number),
  spectrum_tanh_scale: number,
  spectrum_threshold_neutral: number,
  zscore_window_bins: whole,
  zscore_min_periods: whole,
  projection_horizons_bins: list(whole),
  contract_multiplier: number,
  qty_unit: text,
  price_decimals: whole,
} as const;

type Fields = { readonly [K in keyof typeof FIELDS]: z.output<(typeof FIELDS)[K]> };

/** Fields whose values are written as integers in the version text. */
const WHOLE_FIELDS = new Set([
  "grid_radius_ticks",
  "cell_width_ms",
  "n_absolute_ticks",
  "spectrum_windows",
  "zscore_window_bins",
  "zscore_min_periods",
  "projection_horizons_bins",
  "projection_horizons_ms",
  "price_decimals",
]);

/** Checks one list right where it is read: not empty, all above 0. */
const LISTS = new Set([
  "spectrum_windows",
  "spectrum_rollup_weights",
  "spectrum_derivative_weights",
  "projection_horizons_bins",
]);

/**
 * Reads an instrument file.
 *
 * @param yaml Text of the file.
 * @param path Where it came from, for messages.
 * @throws {InstrumentError} At the first field that is missing, unknown or breaks its rule.
 */
export function parseInstrument(yaml: string, path: string): InstrumentConfig {
  let document: unknown;
  try {
    document = parseYaml(yaml);
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new InstrumentError("document", `must be YAML: ${why}`, path);
  }
  const mapping = z.record(z.string(), z.unknown()).safeParse(document);
  if (!mapping.success) throw new InstrumentError("document", "must be a mapping", path);
  const fields = readFields(mapping.data, path);
  checkRules(fields, path);
  const horizonsMs = fields.projection_horizons_bins.map((bins) => bins * fields.cell_width_ms);
  const isEquity = fields.product_type === "equity_mbo";
  const size = isEquity ? fields.bucket_size_dollars : fields.tick_size;
  const tickInt = Math.round(size / 1e-9);
  if (!(tickInt > 0)) throw new InstrumentError("tick_size", `is below 1e-9: ${size}`, path);
  return {
    ...fields,
    product_type: isEquity ? "equity_mbo" : "future_mbo",
    projection_horizons_ms: horizonsMs,
    config_version: configVersion({ ...fields, projection_horizons_ms: horizonsMs }),
    pressure_model: readModel(mapping.data["pressure_model"], path),
    tick_int: tickInt,
  };
}

function readModel(value: unknown, path: string): PressureModel {
  const model = z.enum(["complete", "compat"]).default("complete").safeParse(value);
  if (!model.success) {
    throw new InstrumentError("pressure_model", "must be complete or compat", path);
  }
  return model.data;
}

function readFields(mapping: Readonly<Record<string, unknown>>, path: string): Fields {
  const names = Object.keys(FIELDS);
  const missing = names.filter((name) => !Object.hasOwn(mapping, name));
  if (missing.length > 0) throw new InstrumentError(missing.join(", "), "is missing", path);
  const unknown = Object.keys(mapping).find((name) =>
    !names.includes(name) && name !== "pressure_model"
  );
  if (unknown !== undefined) throw new InstrumentError(unknown, "is no field", path);
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(FIELDS)) {
    const parsed = schema.safeParse(mapping[name]);
    if (!parsed.success) {
      throw new InstrumentError(name, parsed.error.issues[0]?.message ?? "is invalid", path);
    }
    values[name] = parsed.data;
    if (LISTS.has(name)) checkList(name, parsed.data as readonly number[], path);
  }
  return values as Fields;
}

function checkList(name: string, values: readonly number[], path: string): void {
  if (values.length === 0) throw new InstrumentError(name, "must not be empty", path);
  const bad = values.find((value) => !(value > 0));
  if (bad !== undefined) throw new InstrumentError(name, `must be above 0: ${bad}`, path);
}

function checkRules(f: Fields, path: string): void {
  const rules: readonly [boolean, keyof Fields, string][] = [
    [
      f.product_type === "equity_mbo" || f.product_type === "future_mbo",
      "product_type",
      `must be equity_mbo or future_mbo: "${f.product_type}"`,
    ],
    [f.symbol !== "", "symbol", "must not be empty"],
    [f.tick_size > 0, "tick_size", `must be above 0: ${f.tick_size}`],
    [f.bucket_size_dollars > 0, "bucket_size_dollars", "must be above 0"],
    [f.grid_radius_ticks >= 1, "grid_radius_ticks", "must be 1 or more"],
    [f.cell_width_ms >= 1, "cell_width_ms", "must be 1 or more"],
    [f.n_absolute_ticks >= 3, "n_absolute_ticks", "must be 3 or more"],
    [
      f.spectrum_windows.length === f.spectrum_rollup_weights.length,
      "spectrum_rollup_weights",
      "must be as many as spectrum_windows",
    ],
    [
      f.spectrum_derivative_weights.length === 3,
      "spectrum_derivative_weights",
      "must be exactly 3",
    ],
    [f.spectrum_tanh_scale > 0, "spectrum_tanh_scale", "must be above 0"],
    [
      f.spectrum_threshold_neutral > 0 && f.spectrum_threshold_neutral < 1,
      "spectrum_threshold_neutral",
      "must lie strictly between 0 and 1",
    ],
    [f.zscore_window_bins >= 2, "zscore_window_bins", "must be 2 or more"],
    [f.zscore_min_periods >= 2, "zscore_min_periods", "must be 2 or more"],
    [
      f.zscore_min_periods <= f.zscore_window_bins,
      "zscore_min_periods",
      "must not exceed zscore_window_bins",
    ],
    [
      new Set(f.projection_horizons_bins).size === f.projection_horizons_bins.length,
      "projection_horizons_bins",
      "must be unique",
    ],
  ];
  for (const [holds, field, rule] of rules) {
    if (!holds) throw new InstrumentError(field, rule, path);
  }
}

function configVersion(fields: Readonly<Record<string, unknown>>): string {
  const parts = Object.keys(fields).sort().map((name) =>
    `${name}=${versionText(fields[name], WHOLE_FIELDS.has(name))}`
  );
  return createHash("sha256").update(parts.join("|")).digest("hex").slice(0, 12);
}

function versionText(value: unknown, whole: boolean): string {
  if (Array.isArray(value)) return `[${value.map((v) => versionText(v, whole)).join(", ")}]`;
  if (typeof value === "number") return whole ? String(value) : floatText(value);
  return String(value);
}

/** Shortest round-trip text with a decimal point; exponent form outside 1e-4 to 1e16. */
function floatText(value: number): string {
  const [mantissa = "0", power = "0"] = value.toExponential().split("e");
  const exponent = Number(power);
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    const sign = exponent < 0 ? "-" : "+";
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const digits = mantissa.replace("-", "").replace(".", "").length;
  return value.toFixed(Math.max(1, digits - 1 - exponent));
}

/**
 * Checks that a request names the instrument of this process.
 *
 * @throws {InstrumentError} When it names another.
 */
export function checkInstrumentLock(
  config: Pick<Instrument, "product_type" | "symbol">,
  productType: string,
  symbol: string,
): void {
  if (productType === config.product_type && symbol === config.symbol) return;
  throw new InstrumentError(
    productType === config.product_type ? "symbol" : "product_type",
    `is locked to ${config.product_type} ${config.symbol}: asked for ${productType} ${symbol}`,
    "of this terminal",
  );
}
