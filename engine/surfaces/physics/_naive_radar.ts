import type { NaiveCell } from "./_naive_fields.ts";
import type { NaiveLevel } from "./_naive_levels.ts";

/** The radar as its formulas read, by dictionaries per absolute bucket. */
export class NaiveRadar {
  #memory = new Map<number, number>();

  /** Rows by bucket, ascending. */
  close(
    spotTick: number,
    levels: readonly NaiveLevel[],
    halfTicks: number,
    strikes: readonly { readonly tick: number; readonly stiffness: number }[],
  ): readonly NaiveCell[] {
    const memory = this.#memory;
    this.#memory = new Map();
    if (spotTick === 0) return [];
    const middle = Math.floor(spotTick / 2);
    const half = Math.floor(halfTicks / 2) + 1;
    const rows: NaiveCell[] = [];
    for (let bucket = middle - half; bucket <= middle + half; bucket++) {
      const inside = levels.filter(({ tick }) => Math.floor(tick / 2) === bucket);
      const strike = strikes.find(({ tick }) => Math.floor(tick / 2) === bucket);
      const average = (name: string) =>
        inside.reduce((sum, { values }) => sum + values[name]!, 0) / (inside.length || 1);
      const vacuum = average("vacuumScore");
      const solid = Math.min(1, average("mass") + (strike?.stiffness ?? 0));
      const kept = (0.65 * (memory.get(bucket) ?? 0) + 0.35 * solid) * (1 - 0.8 * vacuum);
      this.#memory.set(bucket, kept);
      if (inside.length === 0 && strike === undefined) continue;
      const near = strikes.map(({ tick, stiffness }) =>
        stiffness * Math.max(0, 3 - Math.abs(Math.floor(tick / 2) - bucket)) / 3
      );
      const blocked = solid * (1 - vacuum);
      const level = Math.floor(5 * blocked);
      const rest = 5 * blocked - level;
      rows.push({
        bucketRel: bucket - middle,
        blockedLevel: rest > 0.5 || (rest === 0.5 && level % 2 === 1) ? level + 1 : level,
        cavitation: vacuum ** 1.5,
        gexStiffness: strike?.stiffness ?? 0,
        mobility: 1 - blocked,
        gexField: near.reduce((sum, share) => sum + share, 0),
        blockedMemory: kept,
      });
    }
    return rows;
  }
}
