import { type Column, COLUMN_TYPES } from "../../../engine/frames/contract.ts";
import { SURFACE_STREAMS, type SurfaceStream } from "../../../engine/frames/surfaces/mod.ts";
import { LAKE } from "./registry.ts";
import { LINEAGE } from "./lineage/mod.ts";

/** Text of a document, indented by 2. */
function documentText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** What has to be known to find a partition of every dataset, as JSON. */
export function registryText(): string {
  const datasets = [...LAKE.values()].map(({ key, path, partitionKeys, contract }) => [
    key,
    { path, format: "parquet", partition_keys: partitionKeys, contract },
  ]);
  return documentText({ lake_root: "data/lake", datasets: Object.fromEntries(datasets) });
}

/** Where every column of the lake comes from, as JSON. */
export function lakeCatalogText(): string {
  const datasets = [...LAKE.values()].map(({ key, path, stage, table }) => {
    const lineage = LINEAGE.get(key) ?? {};
    const fields = table.columns.map(({ name, type, unit, meaning, nullable }) => [name, {
      type: COLUMN_TYPES[type].stored,
      unit,
      nullable: nullable === true,
      meaning,
      built_from: lineage[name]?.builtFrom ?? [],
      transformation_steps: lineage[name]?.steps ?? [],
    }]);
    return [key, { path, stage, key: table.key, fields: Object.fromEntries(fields) }];
  });
  return documentText(Object.fromEntries(datasets));
}

/** What a client must know of the protocol besides the columns. */
const PROTOCOL = {
  endpoints: { velocity: "/v1/velocity/stream", hud: "/v1/hud/stream" },
  window: [
    "Text: batch_start with window_end_ts_ns as a decimal text and the names of its surfaces.",
    "For each surface a text surface_header, then one binary message.",
    "A binary message is an Arrow IPC stream of that surface's rows, also when there are none.",
  ],
  times: "ns UTC; in JSON decimal texts, as they exceed 2^53",
} as const;

const CONSTANTS = {
  price_unit: 1e-9,
  tick_int: 250_000_000,
  strike_step_int: 5_000_000_000,
  window_ns: 1_000_000_000,
  rest_ns: 500_000_000,
  stream_max_ticks: 400,
  history_windows: 1_800,
  contract_multiplier_usd: 50,
} as const;

function fieldOf({ name, type, unit, meaning, nullable }: Column) {
  return {
    name,
    type: COLUMN_TYPES[type].arrow,
    required: nullable !== true,
    desc: unit === "" ? meaning : `${meaning} (${unit})`,
  };
}

function streamEntry({ name, layout, extended, ...told }: SurfaceStream) {
  return [name, {
    description: told.description,
    rows_per_window: told.rowsPerWindow,
    spatial: told.isSpatial,
    max_rel_ticks: told.maxRelTicks,
    default_of: told.defaultOf,
    fields: layout.columns.map(fieldOf),
    extended_fields: extended.columns.slice(layout.columns.length).map(fieldOf),
  }];
}

/** What every stream sends, as JSON. */
export function streamCatalogText(): string {
  return documentText({
    protocol: PROTOCOL,
    constants: CONSTANTS,
    streams: Object.fromEntries(SURFACE_STREAMS.map(streamEntry)),
  });
}
