import type { FrameFault, MarketFrame } from "./market_frame.ts";

/** Farthest that a spot may move in one tick without a quote where it came to, lab ticks. */
const FARTHEST_TICKS = 400;

/** Copy of what the rules know, fit for structured clone. */
export interface FrameRulesState {
  readonly tick: number;
  readonly spotTicks: number;
}

/**
 * Which frames are ticks of the lab. A frame that breaks a rule is to be treated as missing: the next one that
 * breaks none follows after a gap.
 */
export class FrameRules {
  #tick = -Infinity;
  /** Spot of the last frame that broke no rule; NaN before the first. */
  #spotTicks = NaN;

  /**
   * Takes the next frame.
   *
   * @returns The first rule that it breaks: a book with a side missing, one whose sides meet or cross, a spot that is
   *   no positive number, a tick that is not after the last one, or a jump of more than 400 ticks from the tick before
   *   to where neither side has a quote within as many; null when it breaks none.
   */
  check(frame: MarketFrame): FrameFault | null {
    const fault = this.#faultOf(frame);
    if (fault === null) {
      this.#tick = frame.tick;
      this.#spotTicks = frame.spotTicks;
    }
    return fault;
  }

  save(): FrameRulesState {
    return { tick: this.#tick, spotTicks: this.#spotTicks };
  }

  restore(state: FrameRulesState): void {
    this.#tick = state.tick;
    this.#spotTicks = state.spotTicks;
  }

  #faultOf({ tick, spotTicks, bidTicks, askTicks }: MarketFrame): FrameFault | null {
    if (!(tick > this.#tick)) return "time";
    if (bidTicks === 0 || askTicks === 0) return "one_sided";
    if (bidTicks >= askTicks) return "crossed";
    if (!(spotTicks > 0 && spotTicks < Infinity)) return "spot";
    const isFar = Math.abs(spotTicks - this.#spotTicks) > FARTHEST_TICKS;
    const isQuoted = Math.min(spotTicks - bidTicks, askTicks - spotTicks) <= FARTHEST_TICKS;
    return isFar && !isQuoted && tick === this.#tick + 1 ? "jump" : null;
  }
}
