import { describedColumn, gridLayout } from "../../../engine/frames/contract.ts";
import {
  ENGINE_VERSION,
  type InstrumentConfig,
  type ProjectionModel,
} from "../../../engine/pressure/mod.ts";
import { type Origin, storedOrigin } from "../../../modules/kit/mod.ts";
import { BINS_LAYOUT, bucketsLayout, type WrittenFacts } from "../datasets/mod.ts";
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
export interface ManifestParts {
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
  readonly facts: WrittenFacts;
}

/** Where the records came from. */
export type CaptureSource =
  | { readonly kind: "file"; readonly name: string; readonly bytes: number }
  | { readonly kind: "live"; readonly name: string };

function fileEntry(name: string, { rows, bytes, sha256 }: WrittenFacts["bins"]) {
  return { name, rows, bytes, sha256 };
}

/** A manifest as JSON; 64-bit integers are decimal text. */
export type Manifest = ReturnType<typeof manifestOf>;

/** The manifest of a captured folder. Equal captures have equal manifests. */
export function manifestOf(parts: ManifestParts) {
  const { instrument, projection, facts, source } = parts;
  const { projection_horizons_ms: horizonsMs } = instrument;
  const grid = gridLayout(2 * instrument.grid_radius_ticks + 1, horizonsMs);
  const layouts = { bins: BINS_LAYOUT, buckets: bucketsLayout(grid) };
  return {
    schema_ver: 1,
    product_type: instrument.product_type,
    symbol: instrument.symbol,
    dt: parts.date,
    stream_start_time_hhmm: parts.startTime,
    capture_start_ns: parts.startNs.toString(),
    capture_end_ns: parts.endNs.toString(),
    source: source.kind === "file" ? { ...source, sha256: facts.inputSha256 } : source,
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
    projection_horizons_ms: horizonsMs,
    flush_bins_every: parts.flushBins,
    rows: { bins: facts.bins.rows, buckets: facts.buckets.rows },
    first_bin_ts_ns: facts.firstBinNs?.toString() ?? null,
    last_bin_ts_ns: facts.lastBinNs?.toString() ?? null,
    warnings: parts.warnings,
    files: [
      fileEntry("bins.parquet", facts.bins),
      fileEntry("buckets.parquet", facts.buckets),
    ],
    contracts: { bins: contractName(layouts.bins), buckets: contractName(layouts.buckets) },
    columns: {
      bins: layouts.bins.columns.map(describedColumn),
      buckets: layouts.buckets.columns.map(describedColumn),
    },
  };
}
