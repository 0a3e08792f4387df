import { writeLog } from "../../dmath/mod.ts";
import type { Band, BandSide } from "../band.ts";
import { type Bounds, METRIC, norm } from "../calibration/mod.ts";
import { Differences, type DifferencesState } from "../differences.ts";
import { ease } from "./ease.ts";
import { LevelRows } from "./level_rows.ts";

/** Copy of the surfaces' memory, fit for structured clone. */
export interface LevelSurfacesState {
  readonly depth: readonly DifferencesState[];
  readonly pullAdd: readonly DifferencesState[];
}

/** How much of a price's depth leaves, and how little resists: wall, vacuum and physics of every row of a band. */
export class LevelSurfaces {
  /** Overwritten by the next window. */
  readonly rows: LevelRows;
  readonly #bids: SideDifferences;
  readonly #asks: SideDifferences;

  /** @param slots Slots of the bands. */
  constructor(slots: number) {
    this.rows = new LevelRows(2 * slots);
    this.#bids = new SideDifferences(slots);
    this.#asks = new SideDifferences(slots);
  }

  /**
   * Takes the band of the next window.
   *
   * @param bounds Of this window.
   */
  close(band: Band, bounds: Bounds): LevelRows {
    this.#bids.take(band.spotTick, band.bids);
    this.#asks.take(band.spotTick, band.asks);
    this.rows.count = 0;
    if (band.spotTick !== 0) {
      appendWall(this.rows, band, band.bids, 0, this.#bids);
      appendWall(this.rows, band, band.asks, 1, this.#asks);
      writeVacuum(this.rows, bounds);
      writePhysics(this.rows, bounds);
    }
    return this.rows;
  }

  save(): LevelSurfacesState {
    const sides = [this.#bids, this.#asks];
    return {
      depth: sides.map((side) => side.depth.save()),
      pullAdd: sides.map((side) => side.pullAdd.save()),
    };
  }

  /** Puts a copy of surfaces of as many slots back. */
  restore(state: LevelSurfacesState): void {
    [this.#bids, this.#asks].forEach((side, i) => {
      side.depth.restore(state.depth[i]!);
      side.pullAdd.restore(state.pullAdd[i]!);
    });
  }
}

/** Differences of one side. */
class SideDifferences {
  readonly depth: Differences;
  readonly pullAdd: Differences;
  /** ln((pulled at rest + 1) / (added + 1)) per slot. */
  readonly pullAddLog: Float64Array;

  constructor(slots: number) {
    this.depth = new Differences(slots);
    this.pullAdd = new Differences(slots);
    this.pullAddLog = new Float64Array(slots);
  }

  take(spotTick: number, side: BandSide): void {
    const { pullRest, add } = side;
    const pullAddLog = this.pullAddLog;
    for (let slot = 0; slot < pullAddLog.length; slot++) {
      pullAddLog[slot] = (pullRest[slot]! + 1) / (add[slot]! + 1);
    }
    writeLog(pullAddLog, pullAddLog, pullAddLog.length);
    this.depth.take(spotTick, side.end);
    this.pullAdd.take(spotTick, pullAddLog);
  }
}

function appendWall(
  rows: LevelRows,
  band: Band,
  side: BandSide,
  isAsk: 0 | 1,
  differences: SideDifferences,
): void {
  const { depth, pullAdd, pullAddLog } = differences;
  let row = rows.count;
  for (let slot = 0; slot < band.slots; slot++) {
    if (side.hasRow[slot] === 0) continue;
    rows.isAsk[row] = isAsk;
    rows.relTicks[row] = slot - band.halfTicks;
    rows.tick[row] = band.spotTick + slot - band.halfTicks;
    rows.depthQtyStart[row] = side.start[slot]!;
    rows.depthQtyEnd[row] = side.end[slot]!;
    rows.addQty[row] = side.add[slot]!;
    rows.pullQtyTotal[row] = side.pull[slot]!;
    rows.depthQtyRest[row] = side.rest[slot]!;
    rows.pullQtyRest[row] = side.pullRest[slot]!;
    rows.fillQty[row] = side.fill[slot]!;
    rows.d1DepthQty[row] = depth.d1[slot]!;
    rows.d2DepthQty[row] = depth.d2[slot]!;
    rows.d3DepthQty[row] = depth.d3[slot]!;
    rows.pullAddLog[row] = pullAddLog[slot]!;
    rows.d1PullAddLog[row] = pullAdd.d1[slot]!;
    rows.d2PullAddLog[row] = pullAdd.d2[slot]!;
    rows.d3PullAddLog[row] = pullAdd.d3[slot]!;
    row++;
  }
  rows.count = row;
}

/** A price that loses depth while nothing comes back, from its wall. */
function writeVacuum(rows: LevelRows, { q05, q95 }: Bounds): void {
  const { PULL_ADD_LOG, PULL_INTENSITY, EROSION, PULL_ADD_D2 } = METRIC;
  const { count, pullAddLog, log1pPullIntensityRest, log1pErosionNorm, d2PullAddLog } = rows;
  writeLogs(rows);
  for (let row = 0; row < count; row++) {
    rows.vacuumScore[row] = (norm(pullAddLog[row]!, q05[PULL_ADD_LOG]!, q95[PULL_ADD_LOG]!) +
      norm(log1pPullIntensityRest[row]!, q05[PULL_INTENSITY]!, q95[PULL_INTENSITY]!) +
      norm(log1pErosionNorm[row]!, q05[EROSION]!, q95[EROSION]!) +
      norm(d2PullAddLog[row]!, q05[PULL_ADD_D2]!, q95[PULL_ADD_D2]!)) / 4;
  }
}

function writeLogs(rows: LevelRows): void {
  const { count, log1pPullIntensityRest, log1pErosionNorm, wallStrengthLog } = rows;
  for (let row = 0; row < count; row++) {
    const scale = rows.depthQtyStart[row]! + 1;
    const intensity = rows.pullQtyRest[row]! / scale;
    const erosion = Math.max(-rows.d1DepthQty[row]!, 0);
    rows.pullIntensityRest[row] = intensity;
    rows.wallErosion[row] = erosion;
    log1pPullIntensityRest[row] = 1 + intensity;
    log1pErosionNorm[row] = 1 + erosion / scale;
    wallStrengthLog[row] = rows.depthQtyRest[row]! + 1;
  }
  writeLog(log1pPullIntensityRest, log1pPullIntensityRest, count);
  writeLog(log1pErosionNorm, log1pErosionNorm, count);
  writeLog(wallStrengthLog, wallStrengthLog, count);
}

/** How easily price moves through a row: its vacuum, its erosion and the lack of a wall. */
function writePhysics(rows: LevelRows, { q05, q95 }: Bounds): void {
  const { EROSION, WALL_STRENGTH } = METRIC;
  for (let row = 0; row < rows.count; row++) {
    const erosion = norm(rows.log1pErosionNorm[row]!, q05[EROSION]!, q95[EROSION]!);
    const wall = norm(rows.wallStrengthLog[row]!, q05[WALL_STRENGTH]!, q95[WALL_STRENGTH]!);
    const score = ease(rows.vacuumScore[row]!, erosion, wall);
    const rel = rows.relTicks[row]!;
    const isAsk = rows.isAsk[row] === 1;
    rows.physicsScore[row] = score;
    rows.physicsScoreSigned[row] = isAsk && rel > 0 ? score : !isAsk && rel < 0 ? 0 - score : 0;
  }
}
