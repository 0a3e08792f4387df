import type { Config } from "../../config.ts";
import type { StreamName } from "../../engine/frames/mod.ts";
import type { BackendMode } from "../../modules/control/mod.ts";
import type { ControlState } from "../../engine/regime/mod.ts";
import { type ChannelHealthMap, STREAMS, type TapeMaking } from "../../modules/tape/mod.ts";
import type { TapeWorkerState } from "./protocol.ts";
import type { TapeGap } from "./store_writer.ts";
import type { ProfileCounts } from "./profile_counts.ts";
import type { TapeFigures } from "./tape_figures.ts";

/** State of the tape as the API answers it. Times in epoch ms. */
export interface TapeServiceStatus {
  readonly backend_mode: BackendMode;
  readonly adapters: { readonly options: string; readonly equities: string };
  readonly phase: "off" | TapeWorkerState["phase"];
  readonly message: string | null;
  /** Share of the history made at the start, 0…1. */
  readonly progress: number;
  readonly watermark_ts: number | null;
  readonly lag_ms: number;
  readonly messages_per_second: number;
  readonly store_delay_ms: number;
  readonly rows: Readonly<Record<StreamName, number>>;
  readonly channel_health: ChannelHealthMap;
  readonly session: {
    readonly id: number | null;
    readonly phase: string | null;
    readonly regime: string | null;
    readonly preset: string;
    readonly focus_symbols: readonly string[];
    readonly event_symbols: readonly string[];
  } | null;
  readonly control: { readonly revision: number; activate_at: number; in_force: boolean } | null;
  readonly profile_hits: {
    readonly window_minutes: number;
    readonly classified: ProfileCounts;
    readonly generated: ProfileCounts | null;
  };
  readonly gaps: readonly TapeGap[];
}

/** Figures of a service. */
export interface TapeServiceFigures {
  /** Rows since the start. */
  readonly published: number;
  readonly stored: number;
  readonly lost: number;
  /** Writes that failed, whether or not a later attempt succeeded. */
  readonly failures: number;
  readonly gaps: number;
  readonly storeDelayMs: number;
  readonly lagMs: number;
  /** Batches that wait for the store. */
  readonly queued: number;
  readonly perSecond: number;
}

/** Which sides come from the generator, in one word. */
export function backendMode(
  config: Pick<Config, "optionsAdapter" | "equitiesAdapter">,
): BackendMode {
  const on = [config.optionsAdapter, config.equitiesAdapter].filter((side) => side === "synthetic");
  return on.length === 2 ? "synthetic" : on.length === 1 ? "mixed" : "live";
}

/** A tape that is later than this is not ready, ms. */
const READY_LAG_MS = 5_000;

/** Whether the tape is live and on time, and if not why. */
export interface TapeReadiness {
  readonly ready: boolean;
  readonly phase: string;
  readonly lagMs: number;
  /** For people. */
  readonly detail: string;
}

/**
 * Whether a tape that is made here is live and on time.
 *
 * @param death Why the worker is gone, or null.
 * @param isBehind Whether rows wait for the store.
 * @param making The history that is being made, or null.
 */
export function tapeReadiness(
  state: TapeWorkerState | null,
  death: string | null,
  isBehind: boolean,
  making: TapeMaking | null,
): TapeReadiness {
  const phase = death !== null ? "failed" : state?.phase ?? "starting";
  const lagMs = state?.lagMs ?? 0;
  const held = death !== null ? `tape worker died: ${death}` : state?.message ?? null;
  return {
    ready: phase === "live" && lagMs < READY_LAG_MS && !isBehind && held === null,
    phase,
    lagMs,
    detail: held ?? making?.message ?? `${phase}, ${Math.round(lagMs)} ms behind`,
  };
}

/**
 * How far the history is that a worker makes at its start; null when none is being made.
 *
 * @param backfillMinutes Minutes that a fresh start makes, until the worker says from when on.
 */
export function tapeMaking(
  state: TapeWorkerState | null,
  backfillMinutes: number,
): TapeMaking | null {
  const phase = state?.phase ?? "starting";
  if (phase === "live" || phase === "failed" || (state?.message ?? null) !== null) return null;
  const progress = state?.progress ?? 0;
  const madeMs = state === null || phase === "starting"
    ? backfillMinutes * 60_000
    : state.positionTs + state.lagMs - state.firstTs;
  const minutes = Math.max(1, Math.round(madeMs / 60_000));
  const what = minutes === 1 ? "minute" : `${minutes} minutes`;
  const share = Math.floor(progress * 100);
  return { progress, message: `Making the last ${what} of tape, ${share}\u00a0%` };
}

/** What a status is made of. */
interface StatusParts {
  readonly config: Pick<Config, "optionsAdapter" | "equitiesAdapter">;
  readonly state: TapeWorkerState | null;
  /** Why the worker is gone, or null. */
  readonly death: string | null;
  /** The control state at the worker's position. */
  readonly control: ControlState;
  readonly figures: TapeFigures;
  readonly watermarkTs: number | null;
  readonly storeDelayMs: number;
  readonly gaps: readonly TapeGap[];
  readonly health: ChannelHealthMap;
  /** Monotonic ms, for the rate. */
  readonly nowMs: number;
}

/** Everything that operators and pages are shown of a tape. */
export function tapeStatus(parts: StatusParts): TapeServiceStatus {
  const { config, state, death, figures, watermarkTs } = parts;
  const mode = backendMode(config);
  const minutes = parts.control.coverage_window_minutes;
  return {
    backend_mode: mode,
    adapters: { options: config.optionsAdapter, equities: config.equitiesAdapter },
    phase: mode === "live" ? "off" : death !== null ? "failed" : state?.phase ?? "starting",
    message: death !== null ? `The tape stopped: ${death}` : state?.message ?? null,
    progress: state?.progress ?? 0,
    watermark_ts: watermarkTs,
    lag_ms: Math.round(state?.lagMs ?? 0),
    messages_per_second: figures.rate(parts.nowMs),
    store_delay_ms: Math.round(parts.storeDelayMs * 10) / 10,
    rows: Object.fromEntries(
      STREAMS.names.map((name) => [name, figures.rows(name)]),
    ) as Record<StreamName, number>,
    channel_health: parts.health,
    session: sessionOf(state),
    control: state === null
      ? null
      : { revision: state.revision, activate_at: state.activateAt, in_force: state.inForce },
    profile_hits: {
      window_minutes: minutes,
      classified: figures.hits(watermarkTs ?? 0, minutes * 60_000),
      generated: state?.scene?.generatedHits ?? null,
    },
    gaps: parts.gaps,
  };
}

/** What people are told of the session. */
function sessionOf(state: TapeWorkerState | null): TapeServiceStatus["session"] {
  const scene = state?.scene;
  if (scene === null || scene === undefined) return null;
  return {
    id: scene.sessionId,
    phase: scene.phase,
    regime: scene.regime,
    preset: scene.preset,
    focus_symbols: scene.focusSymbols,
    event_symbols: scene.eventSymbols,
  };
}
