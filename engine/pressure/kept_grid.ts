import { ENG } from "../frames/mod.ts";
import type { TickState } from "./tick_state.ts";

/**
 * The 18 engine columns of a whole grid, kept from bin to bin: what is written anew are the ticks that
 * an event ever touched, and all of them only when the others changed too.
 */
export class KeptGrid {
  /** In `ENG` order, each of shape [ticks]. Whoever reads them leaves them as they are. */
  readonly columns: readonly Float64Array[];
  /** Shape [ticks]. */
  readonly lastEventId: Float64Array;
  /** Of which state the columns are, and its rewrites then. */
  #state: TickState | null = null;
  #rewrites = 0;

  constructor(ticks: number) {
    this.columns = Array.from({ length: ENG.VACUUM + 1 }, () => new Float64Array(ticks));
    this.lastEventId = new Float64Array(ticks);
  }

  /** Brings the columns to what a state of as many ticks is now. */
  update(state: TickState): void {
    if (state !== this.#state || state.rewrites !== this.#rewrites) {
      state.copyColumns(this.columns);
      this.lastEventId.set(state.lastEventId);
      this.#state = state;
      this.#rewrites = state.rewrites;
      return;
    }
    state.copyActive(this.columns);
    const { active, activeCount, lastEventId } = state;
    for (let n = 0; n < activeCount; n++) {
      const index = active[n]!;
      this.lastEventId[index] = lastEventId[index]!;
    }
  }
}
