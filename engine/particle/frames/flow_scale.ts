/** Least weight of the newest tick in the usual size. */
const BETA = 0.01;
/** Usual sizes at which the norm is `tanh(1)`. */
const WIDTH = 1.5;
/** Least scale, contracts: of a market that hardly moves a single contract is much. */
const LEAST = 1;

/** Copy of a scale, fit for structured clone. */
export interface FlowScaleState {
  readonly size: number;
  readonly ticks: number;
}

/**
 * Order-flow imbalance over its usual size: `tanh(OFI / max(1, 1.5 EMA|OFI|))`, in (−1, 1). The mean weighs the
 * newest tick with 0.01, or as a plain mean while that weighs it more, and takes a tick after it was used.
 */
export class FlowScale {
  /** Mean size, contracts. */
  #size = 0;
  /** Ticks seen. */
  #ticks = 0;

  /** The norm of the next tick. @param ofi Contracts. */
  take(ofi: number): number {
    const norm = Math.tanh(ofi / Math.max(LEAST, WIDTH * this.#size));
    const beta = Math.max(BETA, 1 / (this.#ticks + 1));
    this.#size += beta * (Math.abs(ofi) - this.#size);
    this.#ticks++;
    return norm;
  }

  save(): FlowScaleState {
    return { size: this.#size, ticks: this.#ticks };
  }

  restore(state: FlowScaleState): void {
    this.#size = state.size;
    this.#ticks = state.ticks;
  }
}
