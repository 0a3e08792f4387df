import { fatTailed } from "./fat_tails.ts";
import { extend } from "./hash.ts";

/** Share of an overshoot that is left a step later. */
const OVERSHOOT_REST = 0.7;
/** Halvings of a second: the path bends every 125 ms. */
const HALVINGS = 3;

/**
 * Writes a random walk that starts at 0 and has to arrive at `total` after `steps` steps. With a deviation
 * that is that of arrivals themselves, nobody who sees the walk so far knows where it will arrive.
 *
 * @param out Shape [≥ at + steps]; the places of the first `steps` points from `at` on, the first is 0.
 * @param state Hash state that the steps are drawn from.
 * @param deviation Standard deviation of the whole walk, in the unit of `total`.
 * @param overshoot Share by which each step goes too far, to be taken back over the next few: short moves
 * are larger than long ones tell, as where a price is looked for anew with every order.
 * @param deviate Deviate of variance 1 of a hash state.
 */
export function writeBridge(
  out: Float64Array,
  at: number,
  steps: number,
  state: number,
  total: number,
  deviation: number,
  overshoot = 0,
  deviate: (state: number) => number = fatTailed,
): void {
  const unit = deviation / Math.sqrt(steps);
  let walked = 0;
  let over = 0;
  for (let k = 0; k < steps; k++) {
    out[at + k] = walked + over;
    const step = unit * deviate(extend(state, k));
    walked += step;
    over = OVERSHOOT_REST * over + overshoot * step;
  }
  const missing = (total - walked - over) / steps;
  for (let k = 1; k < steps; k++) out[at + k] = (out[at + k] ?? 0) + k * missing;
}

/**
 * How far a random walk strays inside one of its steps from the straight line between the ends, in units of
 * the step's standard deviation: midpoints displaced level by level, straight between the eighths.
 *
 * @param state Hash state that the midpoints are drawn from.
 * @param fraction Place inside the step, 0 to 1, at both of which it is 0.
 */
export function strayInside(state: number, fraction: number): number {
  let left = 0;
  let right = 0;
  let place = fraction;
  let node = 1;
  let deviation = 0.5;
  for (let level = 0; level < HALVINGS; level++) {
    const middle = (left + right) / 2 + deviation * fatTailed(extend(state, node));
    place *= 2;
    if (place < 1) {
      right = middle;
      node *= 2;
    } else {
      left = middle;
      place -= 1;
      node = 2 * node + 1;
    }
    deviation *= Math.SQRT1_2;
  }
  return left + (right - left) * place;
}
