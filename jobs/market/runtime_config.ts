import { gridLayout } from "../../engine/frames/mod.ts";
import type { InstrumentConfig, ProjectionModel } from "../../engine/pressure/mod.ts";
import type { RuntimeConfig } from "./protocol.ts";

/** The control frame that opens a stream: everything a reader needs to make sense of the bins. */
export function runtimeConfig(
  instrument: InstrumentConfig,
  name: string,
  projection: ProjectionModel,
): RuntimeConfig {
  const rows = 2 * instrument.grid_radius_ticks + 1;
  const { columns } = gridLayout(rows, instrument.projection_horizons_ms);
  return {
    type: "runtime_config",
    ...instrument,
    instrument: name,
    projection_model: {
      form: projection.form,
      use_cubic: projection.form === "cubic",
      cubic_scale: projection.cubicScale,
      damping_lambda: projection.dampingLambda,
    },
    stream_format: "dense_grid",
    grid_schema_fields: columns.map(({ name }) => name),
    grid_rows: rows,
  };
}
