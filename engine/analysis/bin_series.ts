import { type Projector, writeProjections } from "../pressure/mod.ts";

/** Scores of the window's rows and what projections start from; shape [bins][rows] each. */
export interface ScoreCells {
  readonly score: Float64Array;
  /** Difference quotients of the score of the row's own price level, 1/s, 1/s², 1/s³. */
  readonly s1: Float64Array;
  readonly s2: Float64Array;
  readonly s3: Float64Array;
}

/** Values of the directional signals per bin; NaN while a signal is not warm. */
export interface SignalColumns {
  readonly ads: Float64Array;
  readonly pfp: Float64Array;
  readonly svac: Float64Array;
  /** SVac before it is divided by its running size, contracts/s. */
  readonly svac_raw: Float64Array;
  /** The same with every level alike. */
  readonly svac_plain: Float64Array;
  readonly blend: Float64Array;
  /** Flow imbalance at the best prices, contracts per bin. */
  readonly flow: Float64Array;
}

/**
 * Bins of a run, columnar, in time order. The arrays may lie in shared memory; whoever reads them
 * changes nothing.
 */
export interface BinSeries {
  readonly bins: number;
  /** Levels of a bin, odd; the middle one is at the spot reference. */
  readonly rows: number;
  readonly cellWidthMs: number;
  readonly horizonsMs: readonly number[];
  /** Price units per tick. */
  readonly tickSize: number;
  /** Epoch ns that times count from. */
  readonly baseNs: bigint;
  /** End of each bin, ns from the base. */
  readonly tsNs: Float64Array;
  /** Mid of each bin, 0 for none. */
  readonly mid: Float64Array;
  /** Spread in ticks, NaN for none. */
  readonly spread: Float64Array;
  /** −1, 0 or +1 per row: vacuum, neutral, pressure. */
  readonly state: Int8Array;
  /** Lean per bin and band width, shape [bins][(rows − 1) / 2]. */
  readonly asymmetry: Float64Array;
  readonly signals: SignalColumns;
  /** Null when only directions are wanted: scores take most of the memory. */
  readonly cells: ScoreCells | null;
}

/**
 * First bin whose time is at or after `ns`, or the number of bins.
 *
 * @param tsNs Ascending.
 */
export function firstBinAt(tsNs: Float64Array, ns: number): number {
  let low = 0;
  let high = tsNs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tsNs[middle]! < ns) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Projected scores of every row, one column per horizon; shape [bins][rows]. Equal to the last bit to
 * what a pipeline with that projection would have served.
 */
export function projectCells(cells: ScoreCells, projector: Projector): readonly Float64Array[] {
  const { score, s1, s2, s3 } = cells;
  const columns = Array.from(projector.horizonsS, () => new Float64Array(score.length));
  const steps = new Float64Array(4);
  for (let i = 0; i < score.length; i++) {
    // An untouched row projects to 0 whatever the model: most rows are, and they cost nothing so.
    if (score[i] === 0 && s1[i] === 0 && s2[i] === 0 && s3[i] === 0) continue;
    steps[0] = score[i]!;
    steps[1] = s1[i]!;
    steps[2] = s2[i]!;
    steps[3] = s3[i]!;
    writeProjections(projector, steps, 0, columns, i);
  }
  return columns;
}
