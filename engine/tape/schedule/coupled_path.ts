import type { LatentMarket } from "../../regime/mod.ts";
import type { UnderlyingPath } from "../market_tape_types.ts";
import { SCHEDULE_LOOK_AHEAD_MS, type SessionSchedule } from "./session_schedule.ts";

/**
 * Price of every underlying with the moves that labelled option flow needs and causes. Extends the
 * schedule as far as an instant needs, so the answer does not depend on what was asked before.
 */
export class CoupledPath implements UnderlyingPath {
  readonly #schedule: SessionSchedule;

  constructor(schedule: SessionSchedule) {
    this.#schedule = schedule;
  }

  get market(): LatentMarket {
    return this.#schedule.market;
  }

  /** USD, unrounded. */
  mid(symbol: number, tsMs: number): number {
    const { market, session, terms } = this.#schedule;
    const sinceS = (tsMs - session.openTs) / 1_000;
    const base = market.basePrice(symbol, tsMs);
    if (sinceS < 0) return base;
    const second = Math.floor(sinceS);
    // The ramp into a parent starts at most this long before it; the end of the second counts too.
    this.#schedule.extendTo(session.openTs + second * 1_000 + SCHEDULE_LOOK_AHEAD_MS + 1_000);
    const moved = terms.at(symbol, second, sinceS - second);
    return base * (1 + moved / 10_000);
  }
}
