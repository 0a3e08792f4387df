import type { PresetId } from "./control.ts";
import { tag, u01 } from "./hash.ts";
import { UNIVERSE } from "./universe.ts";

/** Minutes for which a focus set stands unless the regime changes. */
export const FOCUS_MINUTES = 15;

const COUNT: Readonly<Record<PresetId, number>> = {
  balanced_demo: 3,
  event_day: 4,
  dealer_day: 3,
  retail_chase: 4,
  quiet_range: 2,
};

const FOCUS = tag("focus");
const RETAIL_CHASE = 3;
const EVENT_RAMP = 4;

/**
 * Indices of the symbols in focus, in draw order: without replacement, by option activity, with event
 * symbols twice as likely in event_ramp.
 */
export function drawFocus(
  seed: number,
  preset: PresetId,
  sessionId: number,
  bucket: number,
  regime: number,
  eventSymbols: readonly number[],
): number[] {
  const weights = UNIVERSE.map((u) => u.optionWeight);
  if (regime === EVENT_RAMP) {
    for (const symbol of eventSymbols) weights[symbol] = 2 * (weights[symbol] ?? 0);
  }
  const count = COUNT[preset] + (regime === RETAIL_CHASE || regime === EVENT_RAMP ? 1 : 0);
  const drawn: number[] = [];
  for (let i = 0; i < count; i++) {
    let total = 0;
    for (const weight of weights) total += weight;
    let left = u01(seed, FOCUS, sessionId, bucket, i) * total;
    let pick = weights.length - 1;
    for (let s = 0; s < weights.length; s++) {
      left -= weights[s] ?? 0;
      if (left < 0) {
        pick = s;
        break;
      }
    }
    drawn.push(pick);
    weights[pick] = 0;
  }
  return drawn;
}
