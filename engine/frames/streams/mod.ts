/**
 * Which streams of the tape come from a generator: all that a reader of rows needs to know of them.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { isRaw } from "./mod.ts";
 *
 * equal(isRaw("options"), true);
 * equal(isRaw("smart-money"), false);
 * ```
 *
 * @module
 */

import type { StreamName } from "../records.ts";

export type { StreamName } from "../records.ts";

/** The streams that come from a generator, in the order of their records within one millisecond. */
export const RAW_STREAMS = ["nbbo", "equity-quotes", "options", "equities"] as const;

/** Whether a stream comes from the generator; the others are made of these by the flow pipeline. */
export function isRaw(stream: StreamName): boolean {
  return RAW_STREAMS.some((raw) => raw === stream);
}
