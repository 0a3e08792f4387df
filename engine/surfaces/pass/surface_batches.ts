import { type Layout, RowBatch } from "../../frames/mod.ts";
import { SURFACE_STREAMS, TABLES } from "../../frames/surfaces/mod.ts";
import { RowFiller } from "./row_filler.ts";
import type { SurfacePass } from "./surface_pass.ts";
import { type RowSetName, surfaceRows } from "./surface_rows.ts";

/** Rows that each table of the lake is made of. */
const PASS_TABLES: readonly (readonly [Layout, RowSetName])[] = [
  [TABLES.FUTURE_SNAPSHOT, "snapshot"],
  [TABLES.FUTURE_DEPTH_FLOW, "flow"],
  [TABLES.WALL_SURFACE, "levels"],
  [TABLES.VACUUM_SURFACE, "levels"],
  [TABLES.FUTURE_PHYSICS, "levels"],
  [TABLES.PHYSICS_BANDS, "bands"],
  [TABLES.BUCKET_RADAR, "radar"],
  [TABLES.WINDOW_STATS, "stats"],
  [TABLES.OPTION_SNAPSHOT, "optionQuotes"],
  [TABLES.OPTION_DEPTH_FLOW, "strikes"],
  [TABLES.OPTION_WALL, "premiums"],
  [TABLES.OPTION_FLOW, "premiums"],
  [TABLES.GEX_SURFACE, "gex"],
  [TABLES.GEX_FLOW, "gexFlow"],
  [TABLES.GREEKS, "greeks"],
  [TABLES.FUTURE_VELOCITY, "flow"],
  [TABLES.PHYSICS_FIELDS, "fields"],
  [TABLES.OPTION_VELOCITY, "strikes"],
  [TABLES.NET_VELOCITY, "netStrikes"],
  [TABLES.GEX_SUMMARY, "summary"],
  [TABLES.ZERO_GAMMA, "summary"],
  [TABLES.EXPOSURE, "exposure"],
  [TABLES.GEX_PROFILE, "profile"],
  [TABLES.SMILE, "smile"],
];

/** Rows that each stream is made of. */
const STREAM_ROWS: Readonly<Record<string, RowSetName>> = {
  snap: "snapshot",
  wall: "levels",
  vacuum: "levels",
  physics: "levels",
  gex: "gex",
  bucket_radar: "radar",
  velocity: "flow",
  options: "netStrikes",
  gex_flow: "gexFlow",
  options_wall: "premiums",
  options_flow: "premiums",
  options_detail: "strikes",
  gex_summary: "summary",
  window_stats: "stats",
  physics_fields: "fields",
  exposure: "exposure",
  gex_profile: "profile",
  smile: "smile",
};

/** Batches into which a pass puts its windows: one by table of the lake, or one by stream. */
export class SurfaceBatches {
  /** By name. */
  readonly batches: ReadonlyMap<string, RowBatch>;
  readonly #fillers: ReadonlyMap<string, RowFiller>;

  private constructor(
    pass: SurfacePass,
    wanted: readonly (readonly [name: string, layout: Layout, rows: RowSetName])[],
  ) {
    const sets = surfaceRows(pass);
    const fillers = wanted.map(([name, layout, rows]) =>
      [name, new RowFiller(new RowBatch(layout), sets[rows], pass.baseNs)] as const
    );
    this.batches = new Map(fillers.map(([name, { batch }]) => [name, batch]));
    this.#fillers = new Map(fillers);
  }

  /** One batch per table of the lake. @param names Tables wanted; all when omitted. */
  static ofTables(pass: SurfacePass, names?: ReadonlySet<string>): SurfaceBatches {
    const wanted = PASS_TABLES.filter(([{ name }]) => names?.has(name) ?? true);
    return new SurfaceBatches(pass, wanted.map(([layout, rows]) => [layout.name, layout, rows]));
  }

  /** One batch per stream, with its extended columns. */
  static ofStreams(pass: SurfacePass): SurfaceBatches {
    const wanted = SURFACE_STREAMS.flatMap(({ name, extended }) => {
      const rows = STREAM_ROWS[name];
      return rows === undefined ? [] : [[name, extended, rows] as const];
    });
    return new SurfaceBatches(pass, wanted);
  }

  /** Appends the rows of the window that closes. @param without A batch that takes none. */
  take(pass: SurfacePass, without?: string): void {
    for (const [name, filler] of this.#fillers) {
      if (name !== without) filler.take(pass.windows.endNs);
    }
  }

  /** Forgets all rows. */
  clear(): void {
    for (const batch of this.batches.values()) batch.clear();
  }
}
