import type { LearnerState } from "../learner/mod.ts";
import type { MoveScaleState, VolatilityState } from "../moves/mod.ts";
import type { BaselineState } from "../score/mod.ts";
import type { BandsState } from "./bands.ts";
import type { BlendState } from "./blend.ts";
import type { LedgerState } from "./ledger.ts";
import type { LiveGuardState } from "./live_guard.ts";

/** State of a `LabLoop`. */
export interface LabLoopState {
  readonly tick: number;
  readonly spot: number;
  readonly moveSq: number;
  readonly isScaled: boolean;
  readonly digest: number;
  readonly learner: LearnerState;
  readonly ledger: LedgerState;
  readonly blend: BlendState;
  readonly bands: BandsState;
  readonly moves: MoveScaleState;
  readonly volatility: VolatilityState;
  readonly baselines: BaselineState;
  readonly guard: LiveGuardState;
}
