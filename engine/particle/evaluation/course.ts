import type { LabConfig } from "../config.ts";
import type { NodalFields } from "../fields/mod.ts";
import { placebo } from "../score/mod.ts";
import { type World, WorldMedium } from "../worlds/mod.ts";

/** Ticks to run the lab over. Columns have a row per tick. */
export interface Course {
  /** Tick of the first row; 0 when left out. */
  readonly firstTick?: number;
  /** Mid, ticks; NaN where the tick is missing. */
  readonly spot: Float64Array;
  /** Normalised order-flow imbalance, -1 to 1. */
  readonly ofi: Float64Array;
  /** What a line may read. */
  readonly scalars: readonly Float64Array[];
  /** The medium of a row that is there, good until the next one is asked for; rows rise. */
  readonly mediumAt: (row: number) => NodalFields;
}

/** A synthetic world as a course. */
export function worldCourse(world: World, grid: Pick<LabConfig, "N" | "dx">): Course {
  const { spot, ofi, anchor } = world;
  const medium = new WorldMedium(world, grid);
  return { spot, ofi, scalars: [ofi, anchor], mediumAt: (tick) => medium.at(tick) };
}

/** A world whose price is its own and whose features are those of half the world away. */
export function placeboWorld(world: World): World {
  const { spot, obs } = world;
  const half = spot.length >> 1;
  const seen = obs?.map((_, k) => {
    const far = (k + half) % spot.length;
    const wall = obs[far]!;
    return { ...wall, center: spot[k]! + (wall.center - spot[far]!) };
  });
  return { ...world, ofi: placebo(world.ofi), anchor: placebo(world.anchor), obs: seen ?? null };
}
