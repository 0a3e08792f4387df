import { daysOfDate, extend, prefix, tag } from "../../regime/mod.ts";

const QUOTES = tag("nbbo");

/** Number that names a contract among all of a session: fits 31 bits. */
export function contractKey(
  symbol: number,
  expiry: number,
  strike: number,
  right: "C" | "P",
): number {
  const day = daysOfDate(expiry) % 4_096;
  return ((symbol * 4_096 + day) * 4_096 + Math.round(strike * 2)) * 2 + (right === "C" ? 0 : 1);
}

/**
 * Hash state that all draws of a contract's quotes extend.
 *
 * @param seed Seed in force at the session's open: a contract keeps its draws when it changes later.
 */
export function contractDraws(seed: number, sessionId: number, key: number): number {
  return extend(prefix(seed, QUOTES, sessionId), key);
}
