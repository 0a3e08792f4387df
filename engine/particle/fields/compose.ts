import type { LabConfig } from "../config.ts";
import { emptyFields, type NodalFields } from "./nodal_fields.ts";
import { addWalls, type Barrier } from "./walls_to_o.ts";

/** Fields that a producer may add to. */
export type FieldName = keyof NodalFields;

/** What one producer adds to one field. */
export interface Contribution {
  readonly target: FieldName;
  /** Factor of the values: the producer's gain times its freshness. */
  readonly gain: number;
  /** Shape [2N + 1]; cells that are not finite are left out. */
  readonly data: ArrayLike<number>;
}

/** Grid and bounds of the medium. */
export type FieldConfig = Pick<LabConfig, "N" | "dx" | "clampU" | "clampC" | "maxG" | "maxO">;

/** Builds the medium of a tick out of contributions, in buffers that it uses again. */
export class Composer {
  /** The medium; complete after {@link finish}. */
  readonly fields: NodalFields;
  /** Cells left out since {@link begin} because they were not finite. */
  badCells = 0;
  /** Nodes that {@link finish} held inside the bounds, of the field where they were most. */
  clampedCells = 0;
  readonly #cfg: FieldConfig;

  constructor(cfg: FieldConfig) {
    this.#cfg = cfg;
    this.fields = emptyFields(cfg.N);
  }

  /** Empties the medium. */
  begin(): void {
    const { U, C, G, O } = this.fields;
    for (const field of [U, C, G, O]) field.fill(0);
    this.badCells = 0;
    this.clampedCells = 0;
  }

  /** Adds one producer. @returns Cells left out because they were not finite. */
  add({ target, gain, data }: Contribution): number {
    const field = this.fields[target];
    let bad = 0;
    for (let i = 0; i < field.length; i++) {
      const cell = data[i]!;
      const value = gain * cell;
      // A hole of a plain array would count as 0 by its product alone.
      if (Number.isFinite(cell) && Number.isFinite(value)) field[i] = field[i]! + value;
      else bad++;
    }
    this.badCells += bad;
    return bad;
  }

  /** Adds a wall set. @param spot Price at x = 0, ticks. */
  addWalls(spot: number, walls: readonly Barrier[]): void {
    addWalls(this.#cfg, spot, walls, this.fields.O);
  }

  /** Holds every node inside the bounds. */
  finish(): void {
    const { clampU, clampC, maxG, maxO } = this.#cfg;
    const { U, C, G, O } = this.fields;
    this.clampedCells = Math.max(
      hold(U, -clampU, clampU),
      hold(C, -clampC, clampC),
      hold(G, 0, maxG),
      hold(O, 0, maxO),
    );
  }
}

/** Holds values inside bounds. @returns How many were outside. */
function hold(values: Float64Array, low: number, high: number): number {
  let held = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value >= low && value <= high) continue;
    values[i] = value < low ? low : high;
    held++;
  }
  return held;
}

/**
 * Returns the medium of contributions, added in this order and then held inside the bounds.
 *
 * `badCells` counts cells left out because they were not finite.
 */
export function compose(
  cfg: FieldConfig,
  contributions: readonly Contribution[],
): NodalFields & { readonly badCells: number } {
  const composer = new Composer(cfg);
  composer.begin();
  for (const contribution of contributions) composer.add(contribution);
  composer.finish();
  return { ...composer.fields, badCells: composer.badCells };
}
