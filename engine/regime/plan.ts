import { type Phase, type PresetId, REGIME_IDS } from "./control.ts";
import { tag, u01 } from "./hash.ts";
import { clockPhase } from "./shape.ts";
import type { Session } from "./types.ts";

/** Mean length of a stay in a regime, minutes, in canonical order. */
const DWELL_MINUTES = [18, 16, 24, 14, 16, 20, 26] as const;

/** Share of time that a preset spends in each regime, in canonical order. */
export const REGIME_SHARE: Readonly<Record<PresetId, readonly number[]>> = {
  balanced_demo: [0.16, 0.14, 0.18, 0.14, 0.13, 0.13, 0.12],
  event_day: [0.13, 0.12, 0.09, 0.11, 0.38, 0.11, 0.06],
  dealer_day: [0.11, 0.11, 0.12, 0.09, 0.08, 0.40, 0.09],
  retail_chase: [0.17, 0.06, 0.07, 0.40, 0.12, 0.12, 0.06],
  quiet_range: [0.07, 0.07, 0.33, 0.03, 0.04, 0.08, 0.38],
};

const PHASE_FACTOR: Readonly<Record<Exclude<Phase, "after_event">, readonly number[]>> = {
  open: [1.15, 1.10, 0.85, 1.10, 1.25, 0.90, 0.70],
  midday: [1, 1, 1.10, 0.90, 0.95, 1, 1.15],
  power_hour: [1.05, 1.05, 0.85, 1.20, 0.95, 1.35, 0.75],
};

const REGIME_TAG = tag("regime");
const SHORTEST_MINUTES = 5;

/** A stay in one regime, minutes of the session; `to` exclusive. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  /** Index in the canonical order of regimes. */
  readonly regime: number;
}

function drawRegime(weights: readonly number[], uniform: number): number {
  let total = 0;
  for (const weight of weights) total += weight;
  let left = uniform * total;
  for (let j = 0; j < weights.length; j++) {
    left -= weights[j] ?? 0;
    if (left < 0) return j;
  }
  return weights.length - 1;
}

/**
 * Regimes of a session from open to close under one preset and seed: a semi-Markov chain whose stays
 * last 0.45 to 1.55 times the regime's mean. The same regime may follow itself.
 */
export function regimeSegments(seed: number, preset: PresetId, session: Session): Segment[] {
  const presetTag = tag(preset);
  const share = REGIME_SHARE[preset];
  const segments: Segment[] = [];
  let from = 0;
  for (let k = 0; from < session.minutes; k++) {
    const factor = PHASE_FACTOR[clockPhase(from, session.minutes)];
    const weights = REGIME_IDS.map((_, j) =>
      (share[j] ?? 0) / (DWELL_MINUTES[j] ?? 1) * (factor[j] ?? 1)
    );
    const draw = (part: number) => u01(seed, REGIME_TAG, presetTag, session.id, k, part);
    const regime = drawRegime(weights, draw(1));
    const length = Math.round((DWELL_MINUTES[regime] ?? 0) * (0.45 + 0.55 * (draw(2) + draw(3))));
    const to = Math.min(session.minutes, from + Math.max(SHORTEST_MINUTES, length));
    segments.push({ from, to, regime });
    from = to;
  }
  return segments;
}
