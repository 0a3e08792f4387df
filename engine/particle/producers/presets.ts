import type { ProducerId } from "./registry.ts";

/** A producer of a preset, and what its output is multiplied by. */
export interface Chosen {
  readonly id: ProducerId;
  readonly gain: number;
}

/** Sets of producers by name, in the order that they add up. */
export type PresetName = "minimal" | "book" | "full";

const BOOK = ["p-ofi", "p-micro", "p-vac", "p-edge", "p-depth", "p-visc", "p-depthwall", "p-vol"];

/** With the surfaces' feeds in the place of what stands in for them. */
const FULL = ["p-ofi", "p-micro", "p-vac", "p-edge", "p-nu", "p-visc", "p-omega", "p-vol"];

/**
 * `minimal` drags price by a single push through a thick medium; `book` reads the order book alone;
 * `full` reads the velocity and gamma surfaces too.
 */
export const PRESETS: Readonly<Record<PresetName, readonly Chosen[]>> = {
  minimal: [{ id: "p-push", gain: 1 }, { id: "p-visc", gain: 1.5 }],
  book: chosen(BOOK as ProducerId[]),
  full: chosen([...FULL, "p-vel", "p-gex", "p-gexpin"] as ProducerId[]),
};

function chosen(ids: readonly ProducerId[]): readonly Chosen[] {
  return ids.map((id) => ({ id, gain: 1 }));
}
