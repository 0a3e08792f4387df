import { z } from "zod";
import type { ProjectionModel } from "../../../engine/pressure/mod.ts";
import type { ManifestInstrument } from "./manifest.ts";

const list = z.array(z.int().min(1)).min(1);

/** What of a feed's control frame a recording needs. */
const Frame = z.object({
  product_type: z.enum(["equity_mbo", "future_mbo"]),
  symbol: z.string().min(1),
  tick_int: z.int().min(1),
  price_decimals: z.int(),
  contract_multiplier: z.number(),
  cell_width_ms: z.int().min(1),
  grid_radius_ticks: z.int().min(1),
  n_absolute_ticks: z.int(),
  projection_horizons_bins: list,
  projection_horizons_ms: list,
  config_version: z.string(),
  pressure_model: z.enum(["complete", "compat"]),
  projection_model: z.object({
    form: z.enum(["linear", "quadratic", "cubic"]),
    cubic_scale: z.number(),
    damping_lambda: z.number(),
  }),
});

/** The instrument and the projection of a running feed. @throws {z.ZodError} When the frame lacks some. */
export function recordedConfig(
  frame: unknown,
): { readonly instrument: ManifestInstrument; readonly projection: ProjectionModel } {
  const { projection_model: model, ...instrument } = Frame.parse(frame);
  return {
    instrument,
    projection: {
      form: model.form,
      cubicScale: model.cubic_scale,
      dampingLambda: model.damping_lambda,
    },
  };
}
