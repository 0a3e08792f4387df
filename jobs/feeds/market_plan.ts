import type { Regime } from "../../modules/feed/contract.ts";
import type { ControlTimeline } from "../../engine/regime/mod.ts";

/** What the latent market asks of a synthetic feed at an instant. */
export interface PlanPoint {
  readonly regime: Regime;
  /** Session that the instant lies in; prices of two sessions are not comparable. */
  readonly sessionId: number;
  /** Price of the index that the future follows, USD. */
  readonly index: number;
}

/** The regime plan and index path that stand behind every synthetic feed. */
export interface MarketPlan {
  /** What is asked at `tsMs`, or null while the exchange is closed. */
  at(tsMs: number): PlanPoint | null;
  /** Epoch ms of the first close after an instant. */
  closeMs(tsMs: number): number;
  /** Takes the control timeline after a change. */
  follow(timeline: ControlTimeline): void;
}
