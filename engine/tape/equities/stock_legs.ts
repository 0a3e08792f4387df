import type { Parent, StockPlan } from "../parent.ts";
import type { ParentSchedule } from "../market_tape_types.ts";

/** A stock leg may print this long before its parent or after it begins, ms. */
const REACH_MS = 10_000;

/** A linked stock print and the symbol that it is in. */
export interface StockLeg {
  readonly symbol: number;
  readonly plan: StockPlan;
}

/** Index of the first parent with ts at or after an instant. */
function lowerBound(parents: readonly Parent[], tsMs: number): number {
  let low = 0;
  let high = parents.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parents[middle]?.ts ?? Infinity) < tsMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Stock legs that print in [fromMs, toMs). Builds the schedule a second beyond. */
export function stockLegsBetween(
  schedule: ParentSchedule,
  fromMs: number,
  toMs: number,
): StockLeg[] {
  // Legs come within 400 ms of their parent's prints, so a second ahead is enough.
  schedule.extendTo(toMs + 1_000);
  const { parents } = schedule;
  const found: StockLeg[] = [];
  for (let i = lowerBound(parents, fromMs - REACH_MS); i < parents.length; i++) {
    const parent = parents[i];
    if (parent === undefined || parent.ts >= toMs + 1_000) break;
    const plan = parent.stock;
    if (plan !== null && plan.ts >= fromMs && plan.ts < toMs) {
      found.push({ symbol: parent.symbol, plan });
    }
  }
  return found;
}
