import {
  type ControlEntry,
  type ControlTimeline,
  sessionAt,
  SessionMarket,
  symbolIndex,
} from "../../engine/regime/mod.ts";
import type { MarketPlan, PlanPoint } from "./market_plan.ts";
import type { PlanSpec } from "../market/mod.ts";

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

  control(entry: ControlEntry): void {
    this.#timeline = [...this.#timeline, entry];
    this.#market = this.#market?.withTimeline(this.#timeline) ?? null;
  }
}
