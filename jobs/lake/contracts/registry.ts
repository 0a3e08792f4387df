import { TABLES } from "../../../engine/frames/surfaces/mod.ts";
import { dataset, datasetRegistry, DatasetRegistryError, type LakeDataset } from "./dataset.ts";

const SILVER_FUTURE = "silver/product_type=future_mbo/symbol={symbol}";
const SILVER_OPTION = "silver/product_type=future_option_mbo/symbol={symbol}";
const GOLD_FUTURE = "gold/product_type=future_mbo/symbol={symbol}";
const GOLD_OPTION = "gold/product_type=future_option_mbo/symbol={symbol}";

const BOOK = "SilverComputeBookStates1s";
const OPTION_BOOK = "SilverComputeOptionBookStates1s";
const GEX = "SilverComputeGexSurface1s";
const GAMMA = "GoldComputeGammaSummary1s";

/**
 * Every dataset of the lake. In bronze the folder of the options' orders is named after the future, as its
 * rows have a symbol of their own: readers let the folder's value win over a column of the same name.
 */
const DATASETS: readonly LakeDataset[] = [
  dataset(
    TABLES.DEFINITIONS,
    "bronze/source={source}/shared/symbol={symbol}/table=instrument_definitions",
    "BronzeIngestInstrumentDefinitions",
  ),
  dataset(
    TABLES.STATISTICS,
    "bronze/source={source}/product_type=future_option_mbo/symbol={symbol}/table=statistics",
    "BronzeIngestFutureOptionStatistics",
  ),
  dataset(
    TABLES.FUTURE_MBO,
    "bronze/source={source}/product_type=future_mbo/symbol={symbol}/table=mbo",
    "BronzeIngestFutureMbo",
  ),
  dataset(
    TABLES.OPTION_MBO,
    "bronze/source={source}/product_type=future_option_mbo/underlying={symbol}/table=mbo",
    "BronzeIngestFutureOptionMbo",
  ),
  dataset(
    TABLES.STATISTICS_CLEAN,
    "silver/product_type=future_option/symbol={symbol}/table=statistics_clean",
    "SilverComputeStatisticsClean",
  ),
  dataset(TABLES.FUTURE_SNAPSHOT, `${SILVER_FUTURE}/table=book_snapshot_1s`, BOOK),
  dataset(TABLES.FUTURE_DEPTH_FLOW, `${SILVER_FUTURE}/table=depth_and_flow_1s`, BOOK),
  dataset(TABLES.WALL_SURFACE, `${SILVER_FUTURE}/table=wall_surface_1s`, BOOK),
  dataset(
    TABLES.VACUUM_SURFACE,
    `${SILVER_FUTURE}/table=vacuum_surface_1s`,
    "SilverComputeVacuumSurface1s",
  ),
  dataset(
    TABLES.FUTURE_PHYSICS,
    `${SILVER_FUTURE}/table=physics_surface_1s`,
    "SilverComputePhysicsSurface1s",
  ),
  dataset(
    TABLES.PHYSICS_BANDS,
    `${SILVER_FUTURE}/table=physics_bands_1s`,
    "SilverComputePhysicsBands1s",
  ),
  dataset(
    TABLES.BUCKET_RADAR,
    `${SILVER_FUTURE}/table=bucket_radar_surface_1s`,
    "SilverComputeBucketRadar1s",
  ),
  dataset(TABLES.WINDOW_STATS, `${SILVER_FUTURE}/table=window_stats_1s`, BOOK),
  dataset(TABLES.OPTION_SNAPSHOT, `${SILVER_OPTION}/table=book_snapshot_1s`, OPTION_BOOK),
  dataset(TABLES.OPTION_DEPTH_FLOW, `${SILVER_OPTION}/table=depth_and_flow_1s`, OPTION_BOOK),
  dataset(TABLES.OPTION_WALL, `${SILVER_OPTION}/table=book_wall_1s`, GEX),
  dataset(TABLES.OPTION_FLOW, `${SILVER_OPTION}/table=book_flow_1s`, GEX),
  dataset(TABLES.GEX_SURFACE, `${SILVER_OPTION}/table=gex_surface_1s`, GEX),
  dataset(TABLES.GEX_FLOW, `${SILVER_OPTION}/table=gex_flow_surface_1s`, GEX),
  dataset(TABLES.GREEKS, `${SILVER_OPTION}/table=greeks_1s`, GEX),
  dataset(
    TABLES.CALIBRATION,
    "gold/hud/symbol={symbol}/table=physics_norm_calibration",
    "GoldBuildHudPhysicsNormCalibration",
  ),
  dataset(
    TABLES.FUTURE_VELOCITY,
    `${GOLD_FUTURE}/table=physics_surface_1s`,
    "GoldComputePhysicsSurface1s",
  ),
  dataset(
    TABLES.PHYSICS_FIELDS,
    `${GOLD_FUTURE}/table=physics_fields_1s`,
    "GoldComputePhysicsSurface1s",
  ),
  dataset(
    TABLES.OPTION_VELOCITY,
    `${GOLD_OPTION}/table=physics_surface_1s`,
    "GoldComputeOptionPhysicsSurface1s",
  ),
  dataset(
    TABLES.NET_VELOCITY,
    `${GOLD_OPTION}/table=net_velocity_1s`,
    "GoldComputeOptionPhysicsSurface1s",
  ),
  dataset(TABLES.GEX_SUMMARY, `${GOLD_OPTION}/table=gex_summary_1s`, GAMMA),
  dataset(TABLES.ZERO_GAMMA, `${GOLD_OPTION}/table=zero_gamma_1s`, GAMMA),
  dataset(TABLES.EXPOSURE, `${GOLD_OPTION}/table=exposure_1s`, GAMMA),
  dataset(TABLES.GEX_PROFILE, `${GOLD_OPTION}/table=gex_profile_1s`, GAMMA),
  dataset(TABLES.SMILE, `${GOLD_OPTION}/table=smile_1s`, GAMMA),
];

/** Every dataset of the lake by its key, in the order in which they are made. */
export const LAKE: ReadonlyMap<string, LakeDataset> = datasetRegistry(DATASETS);

/** A dataset by its key. @throws {DatasetRegistryError} `unknown_key` when there is none. */
export function lakeDataset(key: string): LakeDataset {
  const found = LAKE.get(key);
  if (found !== undefined) return found;
  throw new DatasetRegistryError("unknown_key", `Cannot find a dataset of the lake: "${key}"`);
}
