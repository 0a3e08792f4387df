import { DEFAULT_LAB, type LabConfig, world } from "../../../engine/particle/mod.ts";
import {
  type LabReport,
  labReport,
  placeboWorld,
  worldCourse,
} from "../../../engine/particle/evaluation/mod.ts";

/** The lab as it runs over a synthetic world, whose features lie near the price: 121 nodes. */
const WORLD_LAB: LabConfig = { ...DEFAULT_LAB, N: 60 };

/**
 * Runs the lab over a synthetic world and over its placebo.
 *
 * @param name Of the world: `walk` and so on.
 * @param seed Of the world and of the interval's resamples, 0..2^32 - 1.
 * @param ticks Length of the world; the first 600 are not scored.
 * @throws {LabError} When no such world exists, or a number is out of range.
 */
export function evaluateWorld(name: string, seed: number, ticks: number): LabReport {
  const made = world(name, seed, ticks);
  const [course, rotated] = [made, placeboWorld(made)].map((each) => worldCourse(each, WORLD_LAB));
  return labReport(course!, rotated!, WORLD_LAB, { seed });
}
