import type { LabConfig } from "../config.ts";
import { emptyFields, type NodalFields, wallsToO } from "../fields/mod.ts";
import { WallSet } from "../walls/mod.ts";
import type { World } from "./world.ts";
import { writeWorldFields } from "./world_fields.ts";

/** The medium of a world tick by tick, with the walls that its observations leave. */
export class WorldMedium {
  readonly #world: World;
  readonly #grid: Pick<LabConfig, "N" | "dx">;
  readonly #fields: NodalFields;
  readonly #walls = new WallSet();

  constructor(world: World, grid: Pick<LabConfig, "N" | "dx">) {
    this.#world = world;
    this.#grid = grid;
    this.#fields = emptyFields(grid.N);
  }

  /** The medium at a tick; ticks rise. The arrays are used again. */
  at(tick: number): NodalFields {
    const { spot, obs } = this.#world;
    writeWorldFields(this.#world, tick, this.#grid, this.#fields);
    const seen = obs?.[tick];
    if (seen !== undefined) {
      const { walls } = this.#walls.update(tick, spot[tick]!, [seen]);
      this.#fields.O.set(wallsToO(this.#grid, spot[tick]!, walls));
    }
    return this.#fields;
  }
}
