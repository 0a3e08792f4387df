import { ENG } from "../frames/mod.ts";
import { type FlowModel, noFlow } from "./flow_model.ts";
import { STRIDE, TAU_A, TAU_J, TAU_M, TAU_V, type TickState } from "./tick_state.ts";

/** What one contract adds at once to velocity, acceleration and jerk. */
const TO_V = 1 / TAU_V;
const TO_A = TO_V / TAU_A;
const TO_J = TO_A / TAU_J;

// Shares of one mode in the next stage, from the closed form; the time constants differ pairwise.
const V_IN_A = 1 / (TAU_A - TAU_V);
const V_IN_J = 1 / (TAU_J - TAU_V);
const A_IN_J = 1 / (TAU_J - TAU_A);

/** What is smaller than this is nothing. */
const NOTHING = 1e-100;

/** Columns of one kind lie four apart: velocity, acceleration, jerk. */
const KINDS = 4;

/**
 * The chain in continuous time: flow is a train of impulses of whole contracts, smoothed by the same
 * three means, and what happens between events is solved in closed form. Every added, pulled and
 * executed contract reaches the velocities, and the result does not depend on where bins end.
 *
 * @see docs/methods/pressure.md, "The model complete".
 */
export class CompleteModel implements FlowModel {
  readonly totals = noFlow();
  #knownNs = NaN;
  #decayM = 1;
  #decayV = 1;
  #decayA = 1;
  #decayJ = 1;

  touch(
    state: TickState,
    index: number,
    tsNs: number,
    eventId: number,
    add: number,
    pull: number,
    fill: number,
    restDepth: number,
  ): void {
    const { totals } = this;
    totals.added += add;
    totals.pulled += pull;
    totals.filled += fill;
    totals.addedSeen += add;
    totals.pulledSeen += pull;
    totals.filledSeen += fill;
    const s = state.values;
    const o = index * STRIDE;
    const lastNs = state.lastNs[index]!;
    if (lastNs > 0 && tsNs > lastNs) {
      this.#setDecay(tsNs - lastNs);
      this.#relax(s, o);
    }
    s[o] = s[o]! + add;
    s[o + 1] = s[o + 1]! + pull;
    s[o + 2] = s[o + 2]! + fill;
    const change = restDepth - s[o + ENG.REST_DEPTH]!;
    s[o + ENG.REST_DEPTH] = restDepth;
    if (add !== 0) impulse(s, o + ENG.V_ADD, add);
    if (pull !== 0) impulse(s, o + ENG.V_PULL, pull);
    if (fill !== 0) impulse(s, o + ENG.V_FILL, fill);
    if (change !== 0) impulse(s, o + ENG.V_REST_DEPTH, change);
    state.updateForces(index);
    state.mark(index, tsNs > lastNs ? tsNs : lastNs, eventId);
  }

  advance(state: TickState, tsNs: number): void {
    if (!(tsNs > 0)) return;
    const { active, activeCount, lastNs } = state;
    for (let n = 0; n < activeCount; n++) {
      const index = active[n]!;
      const last = lastNs[index]!;
      if (!(last > 0 && last < tsNs)) continue;
      this.#setDecay(tsNs - last);
      this.#relax(state.values, index * STRIDE);
      state.updateForces(index);
      lastNs[index] = tsNs;
    }
  }

  /** Most ticks were last advanced together, so the exponentials are kept per elapsed time. */
  #setDecay(elapsedNs: number): void {
    if (elapsedNs === this.#knownNs) return;
    this.#knownNs = elapsedNs;
    const dtS = elapsedNs / 1e9;
    this.#decayM = Math.exp(-dtS / TAU_M);
    this.#decayV = Math.exp(-dtS / TAU_V);
    this.#decayA = Math.exp(-dtS / TAU_A);
    this.#decayJ = Math.exp(-dtS / TAU_J);
  }

  #relax(s: Float64Array, o: number): void {
    s[o] = flushed(s[o]! * this.#decayM);
    s[o + 1] = flushed(s[o + 1]! * this.#decayM);
    s[o + 2] = flushed(s[o + 2]! * this.#decayM);
    const eV = this.#decayV;
    const eA = this.#decayA;
    const eJ = this.#decayJ;
    for (let kind = 0; kind < KINDS; kind++) {
      const at = o + ENG.V_ADD + kind;
      const v0 = s[at]!;
      const a0 = s[at + KINDS]!;
      const j0 = s[at + 2 * KINDS]!;
      if (v0 === 0 && a0 === 0 && j0 === 0) continue;
      const a2 = v0 * V_IN_A;
      const a5 = a0 - a2;
      const j2 = a2 * V_IN_J;
      const j5 = a5 * A_IN_J;
      s[at] = flushed(v0 * eV);
      s[at + KINDS] = flushed(a2 * eV + a5 * eA);
      s[at + 2 * KINDS] = flushed(j2 * eV + j5 * eA + (j0 - j2 - j5) * eJ);
    }
  }
}

/** Ends a decay long before numbers become subnormal, which processors compute slowly. */
function flushed(x: number): number {
  return x < NOTHING && x > -NOTHING ? 0 : x;
}

function impulse(s: Float64Array, at: number, contracts: number): void {
  s[at] = s[at]! + contracts * TO_V;
  s[at + KINDS] = s[at + KINDS]! + contracts * TO_A;
  s[at + 2 * KINDS] = s[at + 2 * KINDS]! + contracts * TO_J;
}
