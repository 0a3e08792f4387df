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

/** Shares of the rows, the earliest first: fitted, and used to tell when to stop. */
const FIT_SHARE = 0.45;
const STOP_SHARE = 0.15;
const ROUNDS = 40;
/** Rounds without a better log-loss that end the fit. */
const PATIENCE = 4;
const RATE = 0.3;
/** Added to curvature: leaves of few rows say little. */
const RIDGE = 5;
/** Least curvature on both sides of a split. */
const LEAST_CURVATURE = 5;
/** Added to the count of each class, so that none is impossible. */
const PRIOR = 0.5;

/** Rows of one and the same features, counted by class: those fitted, those that end the fit, the later ones. */
interface Cells {
  readonly count: number;
  readonly features: readonly Uint16Array[];
  readonly train: Float64Array;
  readonly stop: Float64Array;
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
  const fitted = Math.floor(FIT_SHARE * classes.length);
  const earlier = Math.floor((FIT_SHARE + STOP_SHARE) * classes.length);
  const counted = () => new Float64Array(first.length * classCount);
  const [train, stop, test] = [counted(), counted(), counted()];
  cells.forEach((cell, row) => {
    const counts = row < fitted ? train : row < earlier ? stop : test;
    const at = cell * classCount + (classes[row] ?? 0);
    counts[at] = (counts[at] ?? 0) + 1;
  });
  return {
    count: first.length,
    features: features.map((levels) => Uint16Array.from(first, (row) => levels[row] ?? 0)),
    train,
    stop,
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

/** Sums of gradient and curvature by level, and the levels that occur, in order of their gradient. */
function sumsOf(feature: Uint16Array, members: Uint32Array, { gradient, curvature }: Slope) {
  let most = 0;
  for (const cell of members) most = Math.max(most, feature[cell] ?? 0);
  const g = new Float64Array(most + 1);
  const c = new Float64Array(most + 1);
  const isSeen = new Uint8Array(most + 1);
  for (const cell of members) {
    const level = feature[cell] ?? 0;
    g[level] = (g[level] ?? 0) + (gradient[cell] ?? 0);
    c[level] = (c[level] ?? 0) + (curvature[cell] ?? 0);
    isSeen[level] = 1;
  }
  const slopeOf = (level: number) => (g[level] ?? 0) / ((c[level] ?? 0) + RIDGE);
  const levels = [...g.keys()].filter((level) => isSeen[level] === 1)
    .sort((a, b) => slopeOf(a) - slopeOf(b));
  return { g, c, levels };
}

/** Which cells go left at the best split of some; null when none is better than no split. */
function bestSplit(
  cells: Cells,
  members: Uint32Array,
  slope: Slope,
): { left: Uint32Array; right: Uint32Array } | null {
  let best = 1e-6;
  let chosen: { feature: Uint16Array; left: ReadonlySet<number> } | null = null;
  for (const feature of cells.features) {
    const { g, c, levels } = sumsOf(feature, members, slope);
    const sum = (of: Float64Array) => levels.reduce((all, level) => all + (of[level] ?? 0), 0);
    const [allG, allC] = [sum(g), sum(c)];
    let [leftG, leftC] = [0, 0];
    for (let i = 0; i + 1 < levels.length; i++) {
      leftG += g[levels[i] ?? 0] ?? 0;
      leftC += c[levels[i] ?? 0] ?? 0;
      if (Math.min(leftC, allC - leftC) < LEAST_CURVATURE) continue;
      const gain = gainOf(leftG, leftC) + gainOf(allG - leftG, allC - leftC) - gainOf(allG, allC);
      if (gain <= best) continue;
      best = gain;
      chosen = { feature, left: new Set(levels.slice(0, i + 1)) };
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

/** Log-loss of some counts by the scores, summed, nats. */
function lossOf(counts: Float64Array, scores: Float64Array, p: Float64Array): number {
  let loss = 0;
  for (let from = 0; from < counts.length; from += p.length) {
    softmax(scores, from, p);
    for (let k = 0; k < p.length; k++) {
      const count = counts[from + k] ?? 0;
      if (count > 0) loss -= count * Math.log(Math.max(1e-12, p[k] ?? 0));
    }
  }
  return loss;
}

/** Scores before the first tree: those of the frequencies. */
function baseScores(cells: Cells, base: readonly number[]): Float64Array {
  return Float64Array.from(
    { length: cells.count * base.length },
    (_, at) => Math.log(base[at % base.length] ?? 1),
  );
}

/** Adds one tree per class. */
function addRound(cells: Cells, all: Uint32Array, slopes: readonly Slope[], scores: Float64Array) {
  const classCount = slopes.length;
  const p = new Float64Array(classCount);
  for (let cell = 0; cell < cells.count; cell++) {
    const from = cell * classCount;
    softmax(scores, from, p);
    let rows = 0;
    for (let k = 0; k < classCount; k++) rows += cells.train[from + k] ?? 0;
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

/** Scores of every cell and class, fitted to the first rows for as long as those after them gain by it. */
function fit(cells: Cells, base: readonly number[]): Float64Array {
  const scores = baseScores(cells, base);
  const all = Uint32Array.from({ length: cells.count }, (_, cell) => cell);
  const slopes = base.map((): Slope => ({
    gradient: new Float64Array(cells.count),
    curvature: new Float64Array(cells.count),
  }));
  const p = new Float64Array(base.length);
  let best = { scores: scores.slice(), loss: lossOf(cells.stop, scores, p), round: 0 };
  for (let round = 1; round <= ROUNDS && round - best.round <= PATIENCE; round++) {
    addRound(cells, all, slopes, scores);
    const loss = lossOf(cells.stop, scores, p);
    if (loss < best.loss) best = { scores: scores.slice(), loss, round };
  }
  return best.scores;
}

/** Place of the greatest value. */
function greatest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  return best;
}

/**
 * Fits the first three fifths of the rows, the last quarter of them to tell when to stop, and tries the rest.
 * Deterministic.
 *
 * @param classCount Classes are numbers below it.
 */
export function tellClasses(rows: BoostRows, classCount: number): Told {
  const cells = cellsOf(rows, classCount);
  const totals = new Array<number>(classCount).fill(PRIOR);
  for (const counts of [cells.train, cells.stop]) {
    counts.forEach((count, at) => {
      const k = at % classCount;
      totals[k] = (totals[k] ?? 0) + count;
    });
  }
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
