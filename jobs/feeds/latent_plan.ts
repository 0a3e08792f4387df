import { z } from "zod";
import {
  controlChange,
  type ControlTimeline,
  nextCloseMs,
  sessionAt,
  SessionMarket,
  symbolIndex,
} from "../../engine/regime/mod.ts";
import { CoupledPath, SessionSchedule } from "../../engine/tape/schedule/mod.ts";
import type { MarketPlan, PlanPoint } from "./market_plan.ts";

/** The latent market by its control states so far, and the clock of its sessions. */
export const PlanSpec = z.strictObject({
  timeline: z.custom<ControlTimeline>((value) => Array.isArray(value) && value.length > 0),
  clock: z.enum(["loop", "et"]),
});
export type PlanSpec = z.infer<typeof PlanSpec>;

const INDEX = symbolIndex("SPY");

/** The latent market of the options and equities tapes, with what their flow does to it, as a plan for the future. */
export class LatentPlan implements MarketPlan {
  readonly #clock: PlanSpec["clock"];
  #timeline: ControlTimeline;
  #path: CoupledPath | null = null;

  constructor(spec: PlanSpec) {
    this.#clock = spec.clock;
    this.#timeline = spec.timeline;
  }

  at(tsMs: number): PlanPoint | null {
    const session = sessionAt(tsMs, this.#clock);
    if (session === null) return null;
    if (this.#path?.market.session.id !== session.id) {
      const market = new SessionMarket(session, this.#timeline, this.#clock);
      this.#path = new CoupledPath(new SessionSchedule(market));
    }
    const path = this.#path;
    return {
      regime: path.market.regimeAt(tsMs),
      sessionId: session.id,
      index: path.mid(INDEX, tsMs),
    };
  }

  closeMs(tsMs: number): number {
    return nextCloseMs(tsMs, this.#clock);
  }

  follow(timeline: ControlTimeline): void {
    const { moves } = controlChange(this.#timeline, timeline);
    this.#timeline = timeline;
    // Flow that is built already cannot take a change back: the session is made anew, up to where it was.
    if (moves !== "nothing") this.#path = null;
  }
}
