import { z } from "zod";
import {
  controlChange,
  type ControlTimeline,
  sessionAt,
  SessionMarket,
  symbolIndex,
} from "../../engine/regime/mod.ts";
import type { MarketPlan, PlanPoint } from "./market_plan.ts";

/** The latent market by its control states so far, and the clock of its sessions. */
export const PlanSpec = z.strictObject({
  timeline: z.custom<ControlTimeline>((value) => Array.isArray(value) && value.length > 0),
  clock: z.enum(["loop", "et"]),
});
export type PlanSpec = z.infer<typeof PlanSpec>;

const INDEX = symbolIndex("SPY");

/** The latent market of the options and equities tapes as a plan for the future. */
export class LatentPlan implements MarketPlan {
  readonly #clock: PlanSpec["clock"];
  #timeline: ControlTimeline;
  #market: SessionMarket | null = null;

  constructor(spec: PlanSpec) {
    this.#clock = spec.clock;
    this.#timeline = spec.timeline;
  }

  at(tsMs: number): PlanPoint | null {
    const session = sessionAt(tsMs, this.#clock);
    if (session === null) return null;
    if (this.#market?.session.id !== session.id) {
      this.#market = new SessionMarket(session, this.#timeline, this.#clock);
    }
    const market = this.#market;
    return {
      regime: market.regimeAt(tsMs),
      sessionId: session.id,
      index: market.basePrice(INDEX, tsMs),
    };
  }

  follow(timeline: ControlTimeline): void {
    const { moves } = controlChange(this.#timeline, timeline);
    this.#timeline = timeline;
    if (moves === "market") this.#market = this.#market?.withTimeline(timeline) ?? null;
  }
}
