import type { TickState } from "./tick_state.ts";

/** Quantities that event touches carried, and how much of them moved the velocities. */
export interface FlowTotals {
  added: number;
  pulled: number;
  filled: number;
  addedSeen: number;
  pulledSeen: number;
  filledSeen: number;
}

/** The arithmetic that turns touches and time into the state of a tick. */
export interface FlowModel {
  /**
   * Applies one event touch to a tick.
   *
   * @param index Slot, in range.
   * @param tsNs Event time, ns offset, > 0.
   * @param add Added contracts; `pull`, `fill` likewise.
   * @param restDepth Resting depth of the tick after the event, contracts.
   */
  touch(
    state: TickState,
    index: number,
    tsNs: number,
    eventId: number,
    add: number,
    pull: number,
    fill: number,
    restDepth: number,
  ): void;

  /** Lets time pass on every touched tick up to `tsNs`, without events. */
  advance(state: TickState, tsNs: number): void;

  readonly totals: FlowTotals;
}

/** Totals at zero. */
export function noFlow(): FlowTotals {
  return { added: 0, pulled: 0, filled: 0, addedSeen: 0, pulledSeen: 0, filledSeen: 0 };
}
