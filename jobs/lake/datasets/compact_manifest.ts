import { z } from "zod";
import { StoredOrigin } from "../../../modules/kit/mod.ts";
import { DatasetError } from "./dataset_error.ts";
import { readJsonFile } from "./json_file.ts";

const ns = z.string().regex(/^\d{1,19}$/);
const positive = z.number().positive();
const count = z.int().positive();

/** How the scores of a run were made: what of an instrument's settings a full data set need not tell. */
export const SpectrumFields = z.object({
  spectrum_windows: z.array(count).min(1).readonly(),
  spectrum_rollup_weights: z.array(positive).min(1).readonly(),
  spectrum_derivative_weights: z.array(positive).length(3).readonly(),
  spectrum_tanh_scale: positive,
  spectrum_threshold_neutral: positive,
  zscore_window_bins: count,
  zscore_min_periods: count,
});

/** How the scores of a run were made. */
export type SpectrumFields = z.infer<typeof SpectrumFields>;

/** What of the manifest of a compact data set restoring it relies on. */
export const CompactManifest = z.looseObject({
  form: z.literal("compact"),
  key_every_bins: count,
  values_sha256: z.string().regex(/^[0-9a-f]{64}$/),
  spectrum: SpectrumFields,
  symbol: z.string(),
  dt: z.string(),
  capture_start_ns: ns,
  provenance: StoredOrigin,
  projection_model: z.looseObject({
    form: z.enum(["linear", "quadratic", "cubic"]),
    cubic_scale: z.number().min(0),
    damping_lambda: z.number().min(0),
  }),
  pressure_model: z.enum(["complete", "compat"]),
  engine_version: z.string(),
  tick_int: count,
  cell_width_ms: count,
  grid_radius_ticks: count,
  n_absolute_ticks: z.int().min(3),
  projection_horizons_ms: z.array(count).min(1),
  flush_bins_every: count.max(1_000),
  rows: z.strictObject({ bins: z.int(), keys: z.int(), touched: z.int() }),
  files: z.array(z.looseObject({ name: z.string(), bytes: z.int(), sha256: z.string() })),
});
/** What of the manifest of a compact data set restoring it relies on. */
export type CompactManifest = z.infer<typeof CompactManifest>;

/** A published base carries the manifest of what was captured along. */
const Base = z.looseObject({ source_manifest: z.looseObject({}) });

/** A manifest, checked, and with all that it holds in the order of the file. */
export interface ReadManifest {
  readonly manifest: CompactManifest;
  readonly all: Readonly<Record<string, unknown>>;
}

/**
 * Reads the manifest of a compact data set, captured or published.
 *
 * @throws {DatasetError} `damaged` when it is none; the first field that is wrong is named.
 */
export function compactManifest(path: string): ReadManifest {
  const value = readJsonFile(path, z.unknown());
  const base = Base.safeParse(value);
  const own = base.success ? base.data.source_manifest : value;
  const result = CompactManifest.safeParse(own);
  if (result.success) return { manifest: result.data, all: { ...(own as object) } };
  const field = result.error.issues[0]?.path.join(".") ?? "";
  throw new DatasetError("damaged", `Cannot read "${path}": "${field}" is missing or damaged`);
}
