import { z } from "zod";
import {
  type ControlState,
  COVERAGE_WINDOWS,
  PHASES,
  PRESET_IDS,
  PROFILE_IDS,
  PROFILE_WEIGHTS,
  type ProfileId,
  REGIME_IDS,
} from "../../engine/regime/mod.ts";

/** Name of a preset of the synthetic market. */
const SyntheticControlPresetId = z.enum(
  PRESET_IDS,
  `must be one of ${PRESET_IDS.join(", ")}`,
);

const weight = z.literal([...PROFILE_WEIGHTS], "must be 0.6, 1 or 1.6");

function perProfile<T extends z.ZodType>(value: T) {
  return Object.fromEntries(PROFILE_IDS.map((id) => [id, value])) as Record<ProfileId, T>;
}

/** Weight of each public profile: 0.6 low, 1 normal, 1.6 high. */
const SyntheticProfileWeightMap = z.strictObject(perProfile(weight));

const coverage = {
  coverage_assist: z.boolean("must be true or false"),
  coverage_window_minutes: z.literal([...COVERAGE_WINDOWS], "must be 10, 20 or 30"),
};

/** Whether missing profiles are helped, and over which window. */
const SyntheticCoverageConfig = z.strictObject(coverage);

const SEED_RULE = "must be a whole number from -2147483648 to 2147483647";

/** What operators steer, whole: a missing, unknown or different key makes it invalid. */
export const SyntheticControlState = z.strictObject({
  preset_id: SyntheticControlPresetId,
  ...coverage,
  // Adding 0 turns -0 into 0, so that equal seeds are equal.
  shared_seed: z.int(SEED_RULE).min(-2_147_483_648, SEED_RULE).max(2_147_483_647, SEED_RULE)
    .overwrite((seed) => seed + 0),
  profile_weights: SyntheticProfileWeightMap,
  /** Epoch ms of the write, stamped by the server; 0: never written. */
  updated_at: z.int("must be a whole number").min(0, "must be 0 or more"),
  /** Who wrote it, stamped by the server. */
  updated_by: z.string().trim().min(1, "must not be empty").max(
    64,
    "must be at most 64 characters",
  ),
});
export type SyntheticControlState = z.infer<typeof SyntheticControlState>;

const hitCounts = z.strictObject(perProfile(z.int().min(0)));

/** What the market makes of the control state right now. */
export const SyntheticDerivedStatus = z.strictObject({
  session_phase: z.enum(PHASES),
  regime: z.enum(REGIME_IDS),
  focus_symbols: z.array(z.string()),
  /** Smart-money events that were emitted and not abstained from, over the window. */
  profile_hit_counts: hitCounts,
  coverage_window_minutes: SyntheticCoverageConfig.shape.coverage_window_minutes,
});
export type SyntheticDerivedStatus = z.infer<typeof SyntheticDerivedStatus>;

/** Whether all, one or none of the two tapes is synthetic. */
export const BackendMode = z.enum(["synthetic", "mixed", "live"]);
export type BackendMode = z.infer<typeof BackendMode>;

/** How far the engine has followed the control. */
const SyntheticEngineStatus = z.strictObject({
  /** Revision that is stored. */
  revision: z.int().min(0),
  /** Epoch ms from which it is in force. */
  activate_at: z.int().min(0),
  /** Revision that the running market uses; null while no market runs. */
  revision_in_force: z.int().min(0).nullable(),
  /** Labelled parents that the generator made over the window; null while no market runs. */
  generated_hit_counts: hitCounts.nullable(),
  /** Time since the store last answered, ms; null: not yet. */
  control_watch_age_ms: z.number().min(0).nullable(),
  /** Clock of the server, epoch ms. */
  server_time: z.int().min(0),
});

/** Body of `GET /admin/synthetic/status`; with `error` it is also the body of a 409. */
export const SyntheticStatus = z.strictObject({
  enabled: z.boolean(),
  backend_mode: BackendMode,
  adapters: z.strictObject({ options: z.string(), equities: z.string() }),
  control: SyntheticControlState.nullable(),
  derived: SyntheticDerivedStatus.nullable(),
  engine: SyntheticEngineStatus.nullable(),
  disabled_reason: z.string().optional(),
  error: z.string().optional(),
});
export type SyntheticStatus = z.infer<typeof SyntheticStatus>;

/** Body of `GET /admin/synthetic/control`. */
export const SyntheticControlResponse = z.strictObject({
  control: SyntheticControlState,
  revision: z.int().min(0),
  /** Epoch ms from which it is in force. */
  activate_at: z.int().min(0),
});
export type SyntheticControlResponse = z.infer<typeof SyntheticControlResponse>;

/** Body of a successful `PUT /admin/synthetic/control`. */
export const SyntheticControlWritten = SyntheticControlResponse.extend({
  derived: SyntheticDerivedStatus.nullable(),
});
export type SyntheticControlWritten = z.infer<typeof SyntheticControlWritten>;

/** One accepted revision in the durable control log. */
export const ControlLogRow = z.strictObject({
  revision: z.int().min(1),
  activate_at: z.int().min(0),
  snapshot: SyntheticControlState,
});
export type ControlLogRow = z.infer<typeof ControlLogRow>;

/** The control state in an unknown value, or null when it is not one. */
export function parseControl(value: unknown): ControlState | null {
  const parsed = SyntheticControlState.safeParse(value);
  return parsed.success ? parsed.data : null;
}
