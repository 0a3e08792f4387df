import type { Phase, ProfileId, RegimeId } from "../../engine/regime/mod.ts";

/** Hits per public profile. */
export type ProfileCounts = Readonly<Record<ProfileId, number>>;

/** The running synthetic market as operators see it. */
export interface TapeFacts {
  readonly session_phase: Phase;
  readonly regime: RegimeId;
  readonly focus_symbols: readonly string[];
  /** Smart-money events that were emitted and not abstained from, over the window. */
  readonly profile_hit_counts: ProfileCounts;
  /** Labelled parents that the generator made, over the same window. */
  readonly generated_hit_counts: ProfileCounts;
  readonly coverage_window_minutes: 10 | 20 | 30;
  /** Revision of the control state that its levels follow now. */
  readonly revision_in_force: number;
}

/** Tells how the running market stands; whoever runs the tapes implements it. */
export interface TapeStatus {
  /** The facts at this moment; null while no market runs, as outside trading hours. */
  facts(): TapeFacts | null;
}
