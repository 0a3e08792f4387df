import { exp } from "./exp.ts";
import { log } from "./log.ts";

/**
 * Returns base^power as exp(power ln base).
 *
 * @param base A double > 0.
 * @param power Any finite double; relative error is about 4e-16 (1 + |power ln base|).
 */
export function pow(base: number, power: number): number {
  return exp(power * log(base));
}
