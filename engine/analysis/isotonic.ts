/** Something that was said with a score, and whether it was right. */
export interface Outcome {
  readonly score: number;
  readonly isRight: boolean;
}

/** Outcomes of neighbouring scores, taken together. */
export interface Pool {
  /** Least score of it; it ends where the next one begins. */
  readonly from: number;
  readonly count: number;
  readonly right: number;
}

/** Outcomes in order of their scores, equal scores together, in cells of at least so many. */
function cellsOf(outcomes: readonly Outcome[], leastCount: number): Pool[] {
  const cells: { from: number; count: number; right: number }[] = [];
  let last = -Infinity;
  for (const { score, isRight } of outcomes.toSorted((a, b) => a.score - b.score)) {
    let cell = cells.at(-1);
    if (cell === undefined || (score > last && cell.count >= leastCount)) {
      cells.push(cell = { from: score, count: 0, right: 0 });
    }
    cell.count++;
    if (isRight) cell.right++;
    last = score;
  }
  const rest = cells.length > 1 && (cells.at(-1)?.count ?? 0) < leastCount
    ? cells.pop()
    : undefined;
  const before = cells.at(-1);
  if (rest !== undefined && before !== undefined) {
    before.count += rest.count;
    before.right += rest.right;
  }
  return cells;
}

/**
 * The shares of right outcomes that rise with the score and are nearest to what was seen, in least squares:
 * pool adjacent violators. Pools ascend in `from` and strictly in their share; together they hold every outcome,
 * so that the mean of their shares over the outcomes is the share that was right.
 *
 * @param leastCount Outcomes of a pool at least, ≥ 1; fewer in all are one pool.
 * @see Ayer, Brunk, Ewing, Reid and Silverman (1955), "An empirical distribution function for sampling with
 * incomplete information".
 */
export function isotonicPools(outcomes: readonly Outcome[], leastCount: number): readonly Pool[] {
  const pools: Pool[] = [];
  for (const cell of cellsOf(outcomes, leastCount)) {
    let next = cell;
    for (let last = pools.at(-1); last !== undefined; last = pools.at(-1)) {
      if (last.right * next.count < next.right * last.count) break;
      next = {
        from: last.from,
        count: last.count + next.count,
        right: last.right + next.right,
      };
      pools.pop();
    }
    pools.push(next);
  }
  return pools;
}
