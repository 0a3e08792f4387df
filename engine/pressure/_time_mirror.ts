import { CompatModel } from "./compat_model.ts";
import { CompleteModel } from "./complete_model.ts";
import type { FlowModel } from "./flow_model.ts";
import type { PressureModel } from "./pressure_engine.ts";
import { STRIDE, TickState } from "./tick_state.ts";

/** Ticks that only time moves, by the engine's own arithmetic, and that are put right where it is not enough. */
export class TimeMirror {
  readonly state: TickState;
  readonly #flow: FlowModel;

  constructor(ticks: number, model: PressureModel) {
    this.state = new TickState(ticks);
    this.#flow = model === "complete" ? new CompleteModel() : new CompatModel();
  }

  /** Lets time pass on every tick that was ever touched. */
  advance(tsNs: number): void {
    this.#flow.advance(this.state, tsNs);
  }

  /**
   * Puts a tick right as it is at `tsNs`.
   *
   * @param values Its 16 values, `values[from]` to `values[from + 15]`.
   * @param eventId Event that last touched it, 0 when none ever did.
   */
  put(index: number, tsNs: number, values: Float64Array, from: number, eventId: number): void {
    const { state } = this;
    const to = index * STRIDE;
    for (let c = 0; c < STRIDE; c++) state.values[to + c] = values[from + c]!;
    state.updateForces(index);
    if (eventId > 0) state.mark(index, tsNs, eventId);
  }
}
