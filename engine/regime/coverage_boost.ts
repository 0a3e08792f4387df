import { type ControlState, PROFILE_IDS, type ProfileId } from "./control.ts";

/** Labelled parents of the last coverage window, as the generator's ledger counts them. */
export interface SyntheticCoverageState {
  readonly profile_hit_counts: Readonly<Record<ProfileId, number>>;
  /** Epoch ms of the last hit of each profile, null before the first. */
  readonly last_hit_ts: Readonly<Record<ProfileId, number | null>>;
  /** Epoch ms at which the boost is asked for. */
  readonly now_ts: number;
  /** Epoch ms of the session's open: a profile without a hit is as old as the session. */
  readonly session_open_ts: number;
}

const MINUTE_MS = 60_000;

function unit(x: number): number {
  return x < 0 ? 0 : x > 1 ? 1 : x;
}

/**
 * Factor, 1 … 4, by which a profile's weight grows while it has been missing from the tape: a quarter for
 * fewer hits than the leader, three quarters for the time since its last one, counted from 20 to 55
 * percent of the window. 1 when the assistance is off.
 */
export function getSyntheticCoverageBoost(
  profileId: ProfileId,
  coverageState: SyntheticCoverageState,
  control: ControlState,
): number {
  if (!control.coverage_assist) return 1;
  const counts = coverageState.profile_hit_counts;
  let most = 1;
  for (const profile of PROFILE_IDS) most = Math.max(most, counts[profile]);
  const last = coverageState.last_hit_ts[profileId] ?? coverageState.session_open_ts;
  const age = (coverageState.now_ts - last) / (control.coverage_window_minutes * MINUTE_MS);
  const late = unit((age - 0.20) / 0.35);
  return 1 + 3 * (0.25 * unit((most - counts[profileId]) / most) + 0.75 * late * late);
}
