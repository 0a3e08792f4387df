/**
 * Gradient boosting of trees of depth two over features that are numbers of levels, for a few classes.
 *
 * @see Friedman (2001), "Greedy function approximation: a gradient boosting machine", algorithm 6; levels are
 * split in order of their gradient, as of Fisher (1958), "On grouping for maximum homogeneity".
 */

/** Rows in order of time: the level of each feature, and the class. */
export interface BoostRows {
  /** Of each feature the level of every row, from 0. */
  readonly features: readonly Uint16Array[];
  readonly classes: Uint8Array;
}

/** How well features tell the class of later rows, next to the frequencies of classes alone. */
export interface Told {
  /** Share of right guesses, and the share of the class that was most frequent before. */
  readonly accuracy: number;
  readonly baseAccuracy: number;
  /** Mean log-loss, nats. */
  readonly loss: number;
  readonly baseLoss: number;
}

const TRAIN_SHARE = 0.6;
const ROUNDS = 40;
const RATE = 0.3;
/** Added to curvature: leaves of few rows say little. */
const RIDGE = 5;
/** Least curvature on both sides of a split. */
const LEAST_CURVATURE = 5;
/** Added to the count of each class, so that none is impossible. */
const PRIOR = 0.5;

/** Rows of one and the same features, counted by class: of the earlier part and of the later one. */
interface Cells {
  readonly count: number;
  readonly features: readonly Uint16Array[];
  readonly train: Float64Array;
  readonly test: Float64Array;
}

function cellsOf({ features, classes }: BoostRows, classCount: number): Cells {
  const known = new Map<string, number>();
  const first: number[] = [];
  const cells = Uint32Array.from(classes, (_, row) => {
    const key = features.map((levels) => levels[row]).join();
    let cell = known.get(key);
    if (cell === undefined) {
      known.set(key, cell = first.length);
      first.push(row);
    }
    return cell;
  });
  const trainRows = Math.floor(TRAIN_SHARE * classes.length);
  const train = new Float64Array(first.length * classCount);
  const test = new Float64Array(first.length * classCount);
  cells.forEach((cell, row) => {
    const counts = row < trainRows ? train : test;
    const at = cell * classCount + (classes[row] ?? 0);
    counts[at] = (counts[at] ?? 0) + 1;
  });
  return {
    count: first.length,
    features: features.map((levels) => Uint16Array.from(first, (row) => levels[row] ?? 0)),
    train,
    test,
  };
}

/** Gradient and curvature of each cell for one class. */
interface Slope {
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
}

function gainOf(gradient: number, curvature: number): number {
  return gradient * gradient / (curvature + RIDGE);
}

/** Which cells go left at the best split of some; null when none is better than no split. */
function bestSplit(
  cells: Cells,
  members: Uint32Array,
  { gradient, curvature }: Slope,
): { left: Uint32Array; right: Uint32Array } | null {
  let best = 1e-6;
  let chosen: { feature: Uint16Array; left: ReadonlySet<number> } | null = null;
  for (const feature of cells.features) {
    const sums = new Map<number, [gradient: number, curvature: number]>();
    let [allG, allC] = [0, 0];
    for (const cell of members) {
      const level = feature[cell] ?? 0;
      const [g, c] = [gradient[cell] ?? 0, curvature[cell] ?? 0];
      const sum = sums.get(level);
      if (sum === undefined) sums.set(level, [g, c]);
      else {
        sum[0] += g;
        sum[1] += c;
      }
      allG += g;
      allC += c;
    }
    const levels = [...sums].sort(([, a], [, b]) => a[0] / (a[1] + RIDGE) - b[0] / (b[1] + RIDGE));
    let [leftG, leftC] = [0, 0];
    for (let i = 0; i + 1 < levels.length; i++) {
      leftG += levels[i]?.[1][0] ?? 0;
      leftC += levels[i]?.[1][1] ?? 0;
      if (Math.min(leftC, allC - leftC) < LEAST_CURVATURE) continue;
      const gain = gainOf(leftG, leftC) + gainOf(allG - leftG, allC - leftC) - gainOf(allG, allC);
      if (gain <= best) continue;
      best = gain;
      chosen = { feature, left: new Set(levels.slice(0, i + 1).map(([level]) => level)) };
    }
  }
  if (chosen === null) return null;
  const { feature, left } = chosen;
  const goesLeft = (cell: number) => left.has(feature[cell] ?? 0);
  return {
    left: members.filter(goesLeft),
    right: members.filter((cell) => !goesLeft(cell)),
  };
}

/** Adds a tree's leaves to the scores of one class. */
function grow(
  cells: Cells,
  members: Uint32Array,
  slope: Slope,
  depth: number,
  add: (cell: number, value: number) => void,
): void {
  const split = depth === 0 ? null : bestSplit(cells, members, slope);
  if (split !== null) {
    grow(cells, split.left, slope, depth - 1, add);
    grow(cells, split.right, slope, depth - 1, add);
    return;
  }
  let [g, c] = [0, 0];
  for (const cell of members) {
    g += slope.gradient[cell] ?? 0;
    c += slope.curvature[cell] ?? 0;
  }
  const value = RATE * g / (c + RIDGE);
  for (const cell of members) add(cell, value);
}

/** Writes the probabilities of a cell's classes. */
function softmax(scores: Float64Array, from: number, out: Float64Array): void {
  let most = -Infinity;
  for (let k = 0; k < out.length; k++) most = Math.max(most, scores[from + k] ?? 0);
  let sum = 0;
  for (let k = 0; k < out.length; k++) sum += out[k] = Math.exp((scores[from + k] ?? 0) - most);
  for (let k = 0; k < out.length; k++) out[k] = (out[k] ?? 0) / sum;
}

/** Scores of every cell and class, fitted to the earlier rows. */
function fit(cells: Cells, base: readonly number[]): Float64Array {
  const classCount = base.length;
  const scores = new Float64Array(cells.count * classCount);
  for (let cell = 0; cell < cells.count; cell++) {
    for (let k = 0; k < classCount; k++) scores[cell * classCount + k] = Math.log(base[k] ?? 1);
  }
  const all = Uint32Array.from({ length: cells.count }, (_, cell) => cell);
  const slopes = base.map((): Slope => ({
    gradient: new Float64Array(cells.count),
    curvature: new Float64Array(cells.count),
  }));
  const p = new Float64Array(classCount);
  for (let round = 0; round < ROUNDS; round++) {
    for (let cell = 0; cell < cells.count; cell++) {
      const from = cell * classCount;
      softmax(scores, from, p);
      const rows = cells.train.subarray(from, from + classCount).reduce((a, b) => a + b, 0);
      slopes.forEach(({ gradient, curvature }, k) => {
        const own = p[k] ?? 0;
        gradient[cell] = (cells.train[from + k] ?? 0) - rows * own;
        curvature[cell] = rows * own * (1 - own);
      });
    }
    slopes.forEach((slope, k) => {
      grow(cells, all, slope, 2, (cell, value) => {
        const at = cell * classCount + k;
        scores[at] = (scores[at] ?? 0) + value;
      });
    });
  }
  return scores;
}

/** Place of the greatest value. */
function greatest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best;
}

/**
 * Fits the first three fifths of the rows and tries the rest. Deterministic.
 *
 * @param classCount Classes are numbers below it.
 */
export function tellClasses(rows: BoostRows, classCount: number): Told {
  const cells = cellsOf(rows, classCount);
  const totals = new Array<number>(classCount).fill(PRIOR);
  cells.train.forEach((count, at) => {
    const k = at % classCount;
    totals[k] = (totals[k] ?? 0) + count;
  });
  const all = totals.reduce((a, b) => a + b, 0);
  const base = totals.map((count) => count / all);
  const scores = fit(cells, base);
  const p = new Float64Array(classCount);
  const usual = greatest(base);
  const sums = { n: 0, right: 0, baseRight: 0, loss: 0, baseLoss: 0 };
  for (let cell = 0; cell < cells.count; cell++) {
    const from = cell * classCount;
    softmax(scores, from, p);
    const guess = greatest(p);
    for (let k = 0; k < classCount; k++) {
      const count = cells.test[from + k] ?? 0;
      sums.n += count;
      if (k === guess) sums.right += count;
      if (k === usual) sums.baseRight += count;
      sums.loss -= count * Math.log(Math.max(1e-12, p[k] ?? 0));
      sums.baseLoss -= count * Math.log(base[k] ?? 1);
    }
  }
  return {
    accuracy: sums.right / sums.n,
    baseAccuracy: sums.baseRight / sums.n,
    loss: sums.loss / sums.n,
    baseLoss: sums.baseLoss / sums.n,
  };
}
