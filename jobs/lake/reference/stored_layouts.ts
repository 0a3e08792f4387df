import { coreLayout, gridLayout, type Layout } from "../../../engine/frames/mod.ts";
import { BINS_LAYOUT, bucketsLayout } from "../datasets/mod.ts";

/** A horizon to describe projections by: they are told as one family. */
const HORIZONS_MS = [100];

/** Every layout that is stored or sent. Those with rows or horizons of an instrument stand for all. */
export const STORED_LAYOUTS: readonly Layout[] = [
  gridLayout(1, HORIZONS_MS),
  coreLayout(1),
  BINS_LAYOUT,
  bucketsLayout(HORIZONS_MS),
];
