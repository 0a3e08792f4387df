import { ENG } from "../frames/mod.ts";
import { type FlowModel, noFlow } from "./flow_model.ts";
import { alpha, STRIDE, TAU_A, TAU_J, TAU_M, TAU_V, type TickState } from "./tick_state.ts";

/** Kinds of flow in the order of the four chains: add, pull, fill, resting depth. */
const KINDS = 4;

/**
 * The chain as the original computes it: rates are differences over the time since the tick's last
 * touch, smoothed by three exponential means. A touch at an unchanged time moves masses only.
 *
 * @see docs/methods/pressure.md, "The model compat".
 */
export class CompatModel implements FlowModel {
  readonly totals = noFlow();

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
    const s = state.values;
    const o = index * STRIDE;
    const lastNs = state.lastNs[index]!;
    const before = s[o + ENG.REST_DEPTH]!;
    s[o + ENG.REST_DEPTH] = restDepth;
    if (lastNs > 0 && tsNs > lastNs) {
      const dtS = (tsNs - lastNs) / 1e9;
      totals.addedSeen += add;
      totals.pulledSeen += pull;
      totals.filledSeen += fill;
      const decay = Math.exp(-dtS / TAU_M);
      s[o] = s[o]! * decay + add;
      s[o + 1] = s[o + 1]! * decay + pull;
      s[o + 2] = s[o + 2]! * decay + fill;
      const alphaV = alpha(dtS, TAU_V);
      const alphaA = alpha(dtS, TAU_A);
      const alphaJ = alpha(dtS, TAU_J);
      chain(s, o + ENG.V_ADD, add / dtS, dtS, alphaV, alphaA, alphaJ);
      chain(s, o + ENG.V_PULL, pull / dtS, dtS, alphaV, alphaA, alphaJ);
      chain(s, o + ENG.V_FILL, fill / dtS, dtS, alphaV, alphaA, alphaJ);
      chain(s, o + ENG.V_REST_DEPTH, (restDepth - before) / dtS, dtS, alphaV, alphaA, alphaJ);
    } else {
      s[o] = s[o]! + add;
      s[o + 1] = s[o + 1]! + pull;
      s[o + 2] = s[o + 2]! + fill;
    }
    state.updateForces(index);
    state.mark(index, tsNs, eventId);
  }

  advance(state: TickState, tsNs: number): void {
    if (!(tsNs > 0)) return;
    const { active, activeCount, lastNs } = state;
    const s = state.values;
    let knownNs = -1;
    let dtS = 0;
    let decay = 1;
    let alphaV = 0;
    let alphaA = 0;
    let alphaJ = 0;
    for (let n = 0; n < activeCount; n++) {
      const index = active[n]!;
      const last = lastNs[index]!;
      if (!(last > 0 && last < tsNs)) continue;
      if (last !== knownNs) {
        // Most ticks were last advanced together, so the exponentials are shared.
        knownNs = last;
        dtS = (tsNs - last) / 1e9;
        decay = Math.exp(-dtS / TAU_M);
        alphaV = 1 - Math.exp(-dtS / TAU_V);
        alphaA = 1 - Math.exp(-dtS / TAU_A);
        alphaJ = 1 - Math.exp(-dtS / TAU_J);
      }
      const o = index * STRIDE;
      s[o] = s[o]! * decay;
      s[o + 1] = s[o + 1]! * decay;
      s[o + 2] = s[o + 2]! * decay;
      for (let kind = 0; kind < KINDS; kind++) {
        relax(s, o + ENG.V_ADD + kind, dtS, alphaV, alphaA, alphaJ);
      }
      state.updateForces(index);
      lastNs[index] = tsNs;
    }
  }
}

/** One step of velocity, acceleration and jerk from a rate; keeps all three when one overflows. */
function chain(
  s: Float64Array,
  at: number,
  rate: number,
  dtS: number,
  alphaV: number,
  alphaA: number,
  alphaJ: number,
): void {
  const v0 = s[at]!;
  const a0 = s[at + KINDS]!;
  const j0 = s[at + 2 * KINDS]!;
  const v = alphaV * rate + (1 - alphaV) * v0;
  const a = alphaA * ((v - v0) / dtS) + (1 - alphaA) * a0;
  const j = alphaJ * ((a - a0) / dtS) + (1 - alphaJ) * j0;
  if (!(Number.isFinite(v) && Number.isFinite(a) && Number.isFinite(j))) return;
  s[at] = v;
  s[at + KINDS] = a;
  s[at + 2 * KINDS] = j;
}

/** The same step without flow; a value that overflows becomes 0, each on its own. */
function relax(
  s: Float64Array,
  at: number,
  dtS: number,
  alphaV: number,
  alphaA: number,
  alphaJ: number,
): void {
  const v0 = s[at]!;
  const a0 = s[at + KINDS]!;
  const v = (1 - alphaV) * v0;
  const a = alphaA * ((v - v0) / dtS) + (1 - alphaA) * a0;
  const j = alphaJ * ((a - a0) / dtS) + (1 - alphaJ) * s[at + 2 * KINDS]!;
  s[at] = Number.isFinite(v) ? v : 0;
  s[at + KINDS] = Number.isFinite(a) ? a : 0;
  s[at + 2 * KINDS] = Number.isFinite(j) ? j : 0;
}
