import type { Layout } from "./layout.ts";
import { ENG, ENGINE_COLUMNS } from "./pressure_grid.ts";

/**
 * A row per tick and bin at whose end the tick is not what time alone makes of it: what a data set in
 * compact form keeps of the ticks. All else follows by the arithmetic of the engine.
 */
export const TOUCHED_LAYOUT: Layout = {
  name: "pressure.touched",
  version: 1,
  header: [],
  columns: [
    { name: "bin_seq", type: "i53", unit: "", meaning: "0-based number of the bin" },
    { name: "tick", type: "i53", unit: "ticks", meaning: "Price over tick_int" },
    {
      name: "last_event_id",
      type: "i53",
      unit: "",
      meaning: "Engine event that last touched the tick, 0 when none ever did",
    },
    ...ENGINE_COLUMNS.slice(0, ENG.PRESSURE),
  ],
  rows: "many",
};

/** Place of a column in {@link TOUCHED_LAYOUT}. */
export const TOUCHED = { BIN_SEQ: 0, TICK: 1, LAST_EVENT_ID: 2, VALUES: 3 } as const;
