import {
  coreLayout,
  gridLayout,
  type Layout,
  TOUCHED_LAYOUT,
  TRADE_CELLS,
  TRADE_PRINTS,
} from "../../../engine/frames/mod.ts";
import { SURFACE_STREAMS, SURFACE_TABLES } from "../../../engine/frames/surfaces/mod.ts";
import { STREAMS } from "../../../modules/tape/mod.ts";
import { BINS_LAYOUT, bucketsLayout } from "../datasets/mod.ts";
import { streamLayout } from "../tape/mod.ts";

/** A grid with one horizon to describe projections by: they are told as one family. */
export const PRESSURE_GRID = gridLayout(1, [100]);

/** The streams of the tape as they lie in the lake. */
export const TAPE_LAYOUTS: readonly Layout[] = STREAMS.names.map((name) => streamLayout(name));

/** Every layout that is stored or sent. Those with rows or horizons of an instrument stand for all. */
export const STORED_LAYOUTS: readonly Layout[] = [
  PRESSURE_GRID,
  coreLayout(1),
  BINS_LAYOUT,
  bucketsLayout(PRESSURE_GRID),
  TOUCHED_LAYOUT,
  TRADE_CELLS,
  TRADE_PRINTS,
  ...TAPE_LAYOUTS,
  ...SURFACE_TABLES,
  ...SURFACE_STREAMS.map(({ layout }) => layout),
  ...SURFACE_STREAMS.filter(({ layout, extended }) => layout !== extended)
    .map(({ extended }) => extended),
];
