import { LabError } from "../error.ts";

/**
 * @param least Fewest pairs allowed.
 * @throws {LabError} When there is not one forecast for each outcome, or there are too few.
 */
export function checkPairs(
  act: ArrayLike<unknown>,
  pred: ArrayLike<unknown>,
  least = 0,
): void {
  if (pred.length !== act.length) {
    const rule = `must be one for each of ${act.length} outcomes: there are ${pred.length}`;
    throw new LabError("data", "forecasts", rule);
  }
  if (act.length < least) {
    throw new LabError("data", "outcomes", `must be ${least} at least: there are ${act.length}`);
  }
}
