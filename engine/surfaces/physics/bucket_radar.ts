import { type Bounds, METRIC, norm } from "../calibration/mod.ts";
import type { LevelRows } from "./level_rows.ts";
import { RadarRows } from "./radar_rows.ts";

const BUCKET_TICKS = 2;
/** Share of a bucket in the stiffness of a strike so many buckets away. */
const SPREAD = [1, 2 / 3, 1 / 3] as const;
/** How fast the memory learns, and how much of it emptiness takes away in a window. */
const LEARN = 0.35;
const EMPTY = 0.8;

/** Gamma exposure per strike, as the radar takes it. */
export interface StrikeStiffness {
  /** USD per point², ≥ 0; strikes ascending, the middle one in the middle. No strikes without options. */
  readonly gexAbs: Float64Array;
  /** Middle strike over the future's tick. */
  readonly strikeRefTick: number;
  /** From strike to strike, ticks of the future. */
  readonly stepTicks: number;
}

/** Copy of the radar's memory, fit for structured clone. */
export interface BucketRadarState {
  /** Bucket of the first place of `memory`. */
  readonly first: number;
  readonly memory: Float64Array;
}

/**
 * What blocks price and where it would fall through, in buckets of two ticks that stay where they are while the
 * spot moves. A bucket has a row when a price or a strike lies in it.
 */
export class BucketRadar {
  /** Overwritten by the next window. */
  readonly rows: RadarRows;
  readonly #half: number;
  readonly #levels: Int32Array;
  readonly #mass: Float64Array;
  readonly #vacuum: Float64Array;
  readonly #stiffness: Float64Array;
  readonly #field: Float64Array;
  readonly #hasStrike: Uint8Array;
  readonly #memory: Float64Array;
  /** Bucket of the first place of the columns. */
  #first = 0;

  /** @param halfTicks Of the bands whose rows come. */
  constructor(halfTicks: number) {
    this.#half = Math.floor(halfTicks / BUCKET_TICKS) + 1;
    const buckets = 2 * this.#half + 1;
    this.rows = new RadarRows(buckets);
    this.#levels = new Int32Array(buckets);
    this.#mass = new Float64Array(buckets);
    this.#vacuum = new Float64Array(buckets);
    this.#stiffness = new Float64Array(buckets);
    this.#field = new Float64Array(buckets);
    this.#hasStrike = new Uint8Array(buckets);
    this.#memory = new Float64Array(buckets);
  }

  /**
   * Takes the rows of the next window.
   *
   * @param spotTick Absolute ticks; 0 when it has none.
   * @param bounds Of this window.
   */
  close(spotTick: number, levels: LevelRows, bounds: Bounds, strikes: StrikeStiffness): RadarRows {
    this.#moveTo(spotTick);
    this.rows.count = 0;
    if (spotTick === 0) return this.rows;
    this.#gatherLevels(levels, bounds);
    this.#gatherStrikes(strikes, bounds.q95[METRIC.GEX_ABS]! + 1);
    this.#writeRows();
    return this.rows;
  }

  save(): BucketRadarState {
    return { first: this.#first, memory: this.#memory.slice() };
  }

  /** Puts a copy of a radar of the same width back. */
  restore(state: BucketRadarState): void {
    this.#first = state.first;
    this.#memory.set(state.memory);
  }

  /** Keeps the memory of each bucket while the window slides; what comes in remembers nothing. */
  #moveTo(spotTick: number): void {
    const memory = this.#memory;
    const first = Math.floor(spotTick / BUCKET_TICKS) - this.#half;
    const moved = first - this.#first;
    if (spotTick === 0 || Math.abs(moved) >= memory.length) memory.fill(0);
    else if (moved > 0) {
      memory.copyWithin(0, moved);
      memory.fill(0, memory.length - moved);
    } else if (moved < 0) {
      memory.copyWithin(-moved, 0);
      memory.fill(0, 0, -moved);
    }
    this.#first = first;
  }

  #gatherLevels(levels: LevelRows, { q05, q95 }: Bounds): void {
    const low = q05[METRIC.WALL_STRENGTH]!;
    const high = q95[METRIC.WALL_STRENGTH]!;
    this.#levels.fill(0);
    this.#mass.fill(0);
    this.#vacuum.fill(0);
    for (let row = 0; row < levels.count; row++) {
      const bucket = Math.floor(levels.tick[row]! / BUCKET_TICKS) - this.#first;
      this.#levels[bucket]!++;
      this.#mass[bucket]! += norm(levels.wallStrengthLog[row]!, low, high);
      this.#vacuum[bucket]! += levels.vacuumScore[row]!;
    }
  }

  #gatherStrikes({ gexAbs, strikeRefTick, stepTicks }: StrikeStiffness, scale: number): void {
    const lowestTick = strikeRefTick - (gexAbs.length - 1) / 2 * stepTicks;
    this.#hasStrike.fill(0);
    this.#stiffness.fill(0);
    this.#field.fill(0);
    for (let i = 0; i < gexAbs.length; i++) {
      const bucket = Math.floor((lowestTick + i * stepTicks) / BUCKET_TICKS) - this.#first;
      if (bucket < 0 || bucket >= this.#stiffness.length) continue;
      const stiffness = Math.min(1, Math.max(0, gexAbs[i]! / scale));
      this.#hasStrike[bucket] = 1;
      this.#stiffness[bucket] = stiffness;
      for (let away = 0; away < SPREAD.length; away++) {
        const share = stiffness * SPREAD[away]!;
        this.#spread(bucket + away, share);
        if (away > 0) this.#spread(bucket - away, share);
      }
    }
  }

  #spread(bucket: number, share: number): void {
    if (bucket < 0 || bucket >= this.#field.length) return;
    this.#field[bucket] = Math.min(1, this.#field[bucket]! + share);
  }

  #writeRows(): void {
    const { rows } = this;
    let row = 0;
    for (let bucket = 0; bucket < this.#levels.length; bucket++) {
      const count = this.#levels[bucket]!;
      const vacuum = count === 0 ? 0 : this.#vacuum[bucket]! / count;
      const mass = count === 0 ? 0 : this.#mass[bucket]! / count;
      const stiffness = this.#stiffness[bucket]!;
      const solid = Math.min(1, mass + stiffness);
      const memory = ((1 - LEARN) * this.#memory[bucket]! + LEARN * solid) * (1 - EMPTY * vacuum);
      this.#memory[bucket] = memory;
      if (count === 0 && this.#hasStrike[bucket] === 0) continue;
      const blocked = solid * (1 - vacuum);
      rows.bucketRel[row] = bucket - this.#half;
      rows.blockedLevel[row] = roundHalfEven(5 * blocked);
      rows.cavitation[row] = vacuum * Math.sqrt(vacuum);
      rows.gexStiffness[row] = stiffness;
      rows.mobility[row] = 1 - blocked;
      rows.gexField[row] = this.#field[bucket]!;
      rows.blockedMemory[row] = memory;
      row++;
    }
    rows.count = row;
  }
}

/** Nearest integer, halves to the even one; x ≥ 0. */
function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
