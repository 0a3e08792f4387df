import type { Band, BandSide } from "../band.ts";
import type { NaiveCell } from "./_naive_fields.ts";

/** A row of wall, vacuum and physics, by the names of the datasets. */
export interface NaiveLevel {
  readonly isAsk: boolean;
  readonly tick: number;
  readonly relTicks: number;
  readonly values: NaiveCell;
}

type Depths = Map<string, readonly number[]>;

/** Bounds by the names of the metrics. */
export type NaiveBounds = Readonly<Record<string, readonly [number, number]>>;

/** Wall, vacuum and physics as their formulas read, by dictionaries per side and absolute tick. */
export class NaiveLevels {
  /** depth, d1, d2, and the same of pull_add_log, of the window before. */
  #before: Depths = new Map();

  close(band: Band, bounds: NaiveBounds): readonly NaiveLevel[] {
    const before = this.#before;
    this.#before = new Map();
    if (band.spotTick === 0) return [];
    const rows: NaiveLevel[] = [];
    for (const isAsk of [false, true]) {
      for (let rel = -band.halfTicks; rel <= band.halfTicks; rel++) {
        const side = isAsk ? band.asks : band.bids;
        const slot = rel + band.halfTicks;
        const tick = band.spotTick + rel;
        const values = this.#values(`${isAsk} ${tick}`, side, slot, before, bounds);
        const sign = isAsk && rel > 0 ? 1 : !isAsk && rel < 0 ? -1 : 0;
        values.physicsScoreSigned = sign * values.physicsScore!;
        if (side.hasRow[slot] === 1) rows.push({ isAsk, tick, relTicks: rel, values });
      }
    }
    return rows;
  }

  #values(
    key: string,
    side: BandSide,
    slot: number,
    before: Depths,
    bounds: NaiveBounds,
  ): Record<string, number> {
    const [start, end, add] = [side.start[slot]!, side.end[slot]!, side.add[slot]!];
    const [rest, pullRest] = [side.rest[slot]!, side.pullRest[slot]!];
    const pullAddLog = Math.log((pullRest + 1) / (add + 1));
    const depth = differences(end, before.get(`${key} depth`));
    const pullAdd = differences(pullAddLog, before.get(`${key} pull`));
    this.#before.set(`${key} depth`, depth);
    this.#before.set(`${key} pull`, pullAdd);
    const pullIntensityRest = pullRest / (start + 1);
    const wallErosion = Math.max(-depth[1]!, 0);
    const wallStrengthLog = Math.log(rest + 1);
    const erosion = Math.log(1 + wallErosion / (start + 1));
    const share = (name: string, value: number): number => {
      const [q05, q95] = bounds[name]!;
      return Math.min(1, Math.max(0, (value - q05) / (q95 - q05)));
    };
    const vacuumScore = (share("pull_add_log", pullAddLog) +
      share("log1p_pull_intensity_rest", Math.log(1 + pullIntensityRest)) +
      share("log1p_erosion_norm", erosion) + share("d2_pull_add_log", pullAdd[2]!)) / 4;
    return {
      depthQtyStart: start,
      depthQtyEnd: end,
      addQty: add,
      pullQtyTotal: side.pull[slot]!,
      depthQtyRest: rest,
      pullQtyRest: pullRest,
      fillQty: side.fill[slot]!,
      d1DepthQty: depth[1]!,
      d2DepthQty: depth[2]!,
      d3DepthQty: depth[3]!,
      pullIntensityRest,
      log1pPullIntensityRest: Math.log(1 + pullIntensityRest),
      pullAddLog,
      d1PullAddLog: pullAdd[1]!,
      d2PullAddLog: pullAdd[2]!,
      d3PullAddLog: pullAdd[3]!,
      wallStrengthLog,
      wallErosion,
      log1pErosionNorm: erosion,
      vacuumScore,
      physicsScore: 0.5 * vacuumScore + 0.35 * share("log1p_erosion_norm", erosion) +
        0.15 * (1 - share("wall_strength_log", wallStrengthLog)),
      mass: share("wall_strength_log", wallStrengthLog),
    };
  }
}

/** A value and its first three differences from the window before. */
function differences(value: number, before: readonly number[] | undefined): readonly number[] {
  if (before === undefined) return [value, 0, 0, 0];
  const d1 = value - before[0]!;
  const d2 = d1 - before[1]!;
  return [value, d1, d2, d2 - before[2]!];
}
