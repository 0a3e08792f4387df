import { describedColumn, gridLayout, TOUCHED_LAYOUT } from "../../../engine/frames/contract.ts";
import {
  ENGINE_VERSION,
  type InstrumentConfig,
  type ProjectionModel,
} from "../../../engine/pressure/mod.ts";
import { type Origin, storedOrigin } from "../../../modules/kit/mod.ts";
import {
  BINS_LAYOUT,
  bucketsLayout,
  type CompactFacts,
  DATASET_FILES,
  KEY_EVERY_BINS,
  SpectrumFields,
  type WrittenFacts,
} from "../datasets/mod.ts";
import { contractName } from "../parquet/mod.ts";

/** What of an instrument a manifest tells. */
export type ManifestInstrument = Pick<
  InstrumentConfig,
  | "product_type"
  | "symbol"
  | "tick_int"
  | "price_decimals"
  | "contract_multiplier"
  | "cell_width_ms"
  | "grid_radius_ticks"
  | "n_absolute_ticks"
  | "projection_horizons_bins"
  | "projection_horizons_ms"
  | "config_version"
  | "pressure_model"
>;

/** What was captured, in words that do not depend on when, where or how fast it was done. */
export interface CaptureParts {
  readonly source: CaptureSource;
  readonly origin: Origin;
  readonly instrument: ManifestInstrument;
  readonly projection: ProjectionModel;
  /** New York date and `HH:MM` of the start. */
  readonly date: string;
  readonly startTime: string;
  /** Window by the end of bins, epoch ns. */
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly flushBins: number;
  /** Null when nobody counted them. */
  readonly warnings: number | null;
}

/** A capture in full form. */
export interface ManifestParts extends CaptureParts {
  readonly facts: WrittenFacts;
}

/** A capture in compact form. */
export interface CompactManifestParts extends CaptureParts {
  readonly instrument: ManifestInstrument & SpectrumFields;
  readonly facts: CompactFacts;
}

/** Where the records came from. */
export type CaptureSource =
  | { readonly kind: "file"; readonly name: string; readonly bytes: number }
  | { readonly kind: "live"; readonly name: string };

/** A manifest as JSON; 64-bit integers are decimal text. */
export type Manifest = ReturnType<typeof manifestOf> | ReturnType<typeof compactManifestOf>;

/** The manifest of a captured folder. Equal captures have equal manifests. */
export function manifestOf(parts: ManifestParts) {
  const { facts } = parts;
  const { rows, ...files } = fullFiles(parts.instrument, facts);
  return { ...headOf(parts, facts), rows, ...boundsOf(parts, facts), ...files };
}

/**
 * The manifest of a folder in compact form: the same, of other files, and after it what restoring the
 * full form relies on.
 */
export function compactManifestOf(parts: CompactManifestParts) {
  const { facts, instrument } = parts;
  const grid = gridOf(instrument);
  const layouts = { bins: BINS_LAYOUT, keys: bucketsLayout(grid), touched: TOUCHED_LAYOUT };
  const { bins, keys, touched } = facts;
  return {
    ...headOf(parts, facts),
    rows: { bins: bins.rows, keys: keys.rows, touched: touched.rows },
    ...boundsOf(parts, facts),
    files: [
      fileEntry(DATASET_FILES.BINS, bins),
      fileEntry(DATASET_FILES.KEYS, keys),
      fileEntry(DATASET_FILES.TOUCHED, touched),
    ],
    contracts: {
      bins: contractName(layouts.bins),
      keys: contractName(layouts.keys),
      touched: contractName(layouts.touched),
    },
    columns: {
      bins: layouts.bins.columns.map(describedColumn),
      keys: layouts.keys.columns.map(describedColumn),
      touched: layouts.touched.columns.map(describedColumn),
    },
    form: "compact" as const,
    key_every_bins: KEY_EVERY_BINS,
    values_sha256: facts.valuesSha256,
    spectrum: SpectrumFields.parse(instrument),
  };
}

/**
 * The manifest that a capture in full form would have had.
 *
 * @param all The manifest of the compact form, as it stands in the file.
 */
export function expandedManifest(
  all: Readonly<Record<string, unknown>>,
  instrument: GridSettings,
  facts: FullFacts,
): Readonly<Record<string, unknown>> {
  const {
    form: _form,
    key_every_bins: _every,
    values_sha256: _values,
    spectrum: _spectrum,
    ...kept
  } = all;
  return { ...kept, ...fullFiles(instrument, facts) };
}

type GridSettings = Pick<ManifestInstrument, "grid_radius_ticks" | "projection_horizons_ms">;
type FullFacts = Pick<WrittenFacts, "bins" | "buckets">;

function gridOf({ grid_radius_ticks: radius, projection_horizons_ms: horizonsMs }: GridSettings) {
  return gridLayout(2 * radius + 1, horizonsMs);
}

function fullFiles(instrument: GridSettings, { bins, buckets }: FullFacts) {
  const layouts = { bins: BINS_LAYOUT, buckets: bucketsLayout(gridOf(instrument)) };
  return {
    rows: { bins: bins.rows, buckets: buckets.rows },
    files: [fileEntry(DATASET_FILES.BINS, bins), fileEntry(DATASET_FILES.BUCKETS, buckets)],
    contracts: { bins: contractName(layouts.bins), buckets: contractName(layouts.buckets) },
    columns: {
      bins: layouts.bins.columns.map(describedColumn),
      buckets: layouts.buckets.columns.map(describedColumn),
    },
  };
}

/** What does not depend on the form. */
function headOf(
  parts: CaptureParts,
  { inputSha256 }: Pick<WrittenFacts, "inputSha256">,
) {
  const { instrument, projection, source } = parts;
  return {
    schema_ver: 1,
    product_type: instrument.product_type,
    symbol: instrument.symbol,
    dt: parts.date,
    stream_start_time_hhmm: parts.startTime,
    capture_start_ns: parts.startNs.toString(),
    capture_end_ns: parts.endNs.toString(),
    source: source.kind === "file" ? { ...source, sha256: inputSha256 } : source,
    provenance: storedOrigin(parts.origin),
    projection_model: {
      form: projection.form,
      use_cubic: projection.form === "cubic",
      cubic_scale: projection.cubicScale,
      damping_lambda: projection.dampingLambda,
    },
    pressure_model: instrument.pressure_model,
    engine_version: ENGINE_VERSION,
    config_version: instrument.config_version,
    tick_int: instrument.tick_int,
    price_decimals: instrument.price_decimals,
    contract_multiplier: instrument.contract_multiplier,
    cell_width_ms: instrument.cell_width_ms,
    grid_radius_ticks: instrument.grid_radius_ticks,
    n_absolute_ticks: instrument.n_absolute_ticks,
    projection_horizons_bins: instrument.projection_horizons_bins,
    projection_horizons_ms: instrument.projection_horizons_ms,
    flush_bins_every: parts.flushBins,
  };
}

function boundsOf(
  { warnings }: CaptureParts,
  { firstBinNs, lastBinNs }: Pick<WrittenFacts, "firstBinNs" | "lastBinNs">,
) {
  return {
    first_bin_ts_ns: firstBinNs?.toString() ?? null,
    last_bin_ts_ns: lastBinNs?.toString() ?? null,
    warnings,
  };
}

function fileEntry(name: string, { rows, bytes, sha256 }: WrittenFacts["bins"]) {
  return { name, rows, bytes, sha256 };
}
