import type { Load } from "./market_tape_types.ts";

/** How a load scales quotes and prints that belong to no parent. */
export const LOAD_FACTOR: Readonly<Record<Load, number>> = { steady: 1, active: 4, firehose: 20 };
