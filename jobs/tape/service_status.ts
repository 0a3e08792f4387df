import type { Config } from "../../config.ts";
import type { StreamName } from "../../engine/frames/mod.ts";
import type { BackendMode } from "../../modules/control/mod.ts";
import type { ChannelHealthMap } from "../../modules/tape/mod.ts";
import type { TapeWorkerState } from "./protocol.ts";
import type { TapeGap } from "./store_writer.ts";
import type { ProfileCounts } from "./tape_figures.ts";

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

/** What people are told of the session. */
export function sessionOf(state: TapeWorkerState | null): TapeServiceStatus["session"] {
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
