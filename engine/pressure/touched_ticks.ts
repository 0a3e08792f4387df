import { TimeMirror } from "./_time_mirror.ts";
import type { PressureEngine, PressureModel } from "./pressure_engine.ts";
import { STRIDE, type TickState } from "./tick_state.ts";

/**
 * Takes a tick that time alone does not explain.
 *
 * @param tick Absolute tick.
 * @param values Its 16 values, `values[from]` to `values[from + 15]`, valid inside the call.
 * @param lastEventId Event that last touched it, 0 when none ever did.
 */
export type TouchedSink = (
  tick: number,
  values: Float64Array,
  from: number,
  lastEventId: number,
) => void;

/** Words of 32 bits that the values of a tick fill. */
const WORDS = 2 * STRIDE;

/**
 * Finds, bin by bin, the ticks that a reader must be told: it lets the same time pass on what it has
 * told so far, and tells each tick that comes out otherwise in any bit. So whatever happens to the
 * engine, {@link BinReplay} restores it.
 */
export class TouchedTicks {
  readonly #mirror: TimeMirror;
  readonly #told: Int32Array;
  readonly #sink: TouchedSink;
  #rewrites = -1;

  constructor(ticks: number, model: PressureModel, sink: TouchedSink) {
    this.#mirror = new TimeMirror(ticks, model);
    this.#told = wordsOf(this.#mirror.state);
    this.#sink = sink;
  }

  /**
   * Tells what a bin that ends at `endNs` has touched, in the order in which ticks were first touched.
   *
   * @param engine After it was advanced to the end of the bin; its grid does not move between bins.
   */
  close({ state, book: { grid } }: PressureEngine, endNs: number): void {
    this.#mirror.advance(endNs);
    const words = wordsOf(state);
    const firstTick = grid.anchor - grid.half;
    for (let n = 0; n < state.activeCount; n++) {
      this.#tell(state, words, state.active[n]!, firstTick, endNs);
    }
    if (state.rewrites === this.#rewrites) return;
    this.#rewrites = state.rewrites;
    for (let index = 0; index < state.ticks; index++) {
      this.#tell(state, words, index, firstTick, endNs);
    }
  }

  #tell(state: TickState, words: Int32Array, index: number, first: number, endNs: number): void {
    const from = index * STRIDE;
    const eventId = state.lastEventId[index]!;
    const isKnown = eventId === this.#mirror.state.lastEventId[index]! &&
      equalRuns(words, this.#told, index * WORDS);
    if (isKnown) return;
    this.#mirror.put(index, endNs, state.values, from, eventId);
    this.#sink(first + index, state.values, from, eventId);
  }
}

function wordsOf({ values }: TickState): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
}

function equalRuns(a: Int32Array, b: Int32Array, from: number): boolean {
  for (let i = from; i < from + WORDS; i++) if (a[i] !== b[i]) return false;
  return true;
}
