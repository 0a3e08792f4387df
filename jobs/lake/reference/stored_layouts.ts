import { coreLayout, gridLayout, type Layout } from "../../../engine/frames/mod.ts";
import { STREAMS } from "../../../modules/tape/mod.ts";
import { BINS_LAYOUT, bucketsLayout } from "../datasets/mod.ts";
import { streamLayout } from "../tape/mod.ts";

/** A horizon to describe projections by: they are told as one family. */
const HORIZONS_MS = [100];

/** The streams of the tape as they lie in the lake. */
export const TAPE_LAYOUTS: readonly Layout[] = STREAMS.names.map((name) => streamLayout(name));

/** Every layout that is stored or sent. Those with rows or horizons of an instrument stand for all. */
export const STORED_LAYOUTS: readonly Layout[] = [
  gridLayout(1, HORIZONS_MS),
  coreLayout(1),
  BINS_LAYOUT,
  bucketsLayout(HORIZONS_MS),
  ...TAPE_LAYOUTS,
];
