import { Xoshiro256 } from "../prng/mod.ts";
import { type Interval, percentile } from "../stats/mod.ts";
import { OUTCOME, outcomeAt, type OutcomeTable } from "./outcomes.ts";

/** Random counterparts that are drawn for every signal. */
const DRAWS = 1_000;

/** What many random counterparts of a signal came to. */
export interface RandomTrades {
  readonly draws: number;
  /** Mean over the draws. */
  readonly tp_rate: number;
  /** Middle 95 % of the draws. */
  readonly tp_range: Interval;
  readonly mean_pnl_ticks: number;
  readonly pnl_range: Interval;
  /** Share of draws, the signal among them, that earned at least as much: a one-sided p-value. */
  readonly p_value: number;
}

/** The same bins with the same numbers of ups and downs, dealt anew: is the direction worth anything? */
export function permuteDirections(
  places: Int32Array,
  table: OutcomeTable,
  seed: number,
  stream: number,
): RandomTrades {
  const directions = directionsOf(places);
  return draw(places, table, new Xoshiro256(seed, stream), (random, out) => {
    shuffle(directions, random);
    for (let i = 0; i < out.length; i++) out[i] = outcomeAt(places[i]! >> 1, directions[i]!);
  });
}

/** The same bins, a fair coin for the direction. */
export function randomDirections(
  places: Int32Array,
  table: OutcomeTable,
  seed: number,
  stream: number,
): RandomTrades {
  return draw(places, table, new Xoshiro256(seed, stream), (random, out) => {
    for (let i = 0; i < out.length; i++) {
      out[i] = outcomeAt(places[i]! >> 1, random.below(2) === 0 ? 1 : -1);
    }
  });
}

/**
 * Matched entries: as many trades, as many of them up, at random bins that keep the signal's least
 * distance. What a signal earns above them comes from when and which way it fires.
 *
 * @param gap Least distance of two entries, bins; shortened where the window is too full for it.
 */
export function randomEntries(
  places: Int32Array,
  table: OutcomeTable,
  gap: number,
  seed: number,
  stream: number,
): RandomTrades {
  const eligible = eligibleBins(table);
  const n = places.length;
  const directions = directionsOf(places);
  const most = n < 2 ? 1 : Math.floor((eligible.length - n) / (n - 1)) + 1;
  const apart = Math.max(1, Math.min(gap, most));
  const free = eligible.length - (n - 1) * (apart - 1);
  const chosen = new Int32Array(n);
  return draw(places, table, new Xoshiro256(seed, stream), (random, out) => {
    shuffle(directions, random);
    chooseSorted(chosen, free, random);
    for (let i = 0; i < n; i++) {
      out[i] = outcomeAt(eligible[chosen[i]! + i * (apart - 1)]!, directions[i]!);
    }
  });
}

/**
 * The whole pattern of entries moved in time by a random step, around the end to the beginning: keeps
 * distances and order of directions, which dealing anew does not.
 */
export function shiftEntries(
  places: Int32Array,
  table: OutcomeTable,
  seed: number,
  stream: number,
): RandomTrades {
  const eligible = eligibleBins(table);
  const rank = new Map(Array.from(eligible, (bin, i) => [bin, i]));
  const ranks = Array.from(places, (at) => rank.get(at >> 1) ?? 0);
  const directions = directionsOf(places);
  return draw(places, table, new Xoshiro256(seed, stream), (random, out) => {
    const step = random.below(eligible.length);
    for (let i = 0; i < out.length; i++) {
      const bin = eligible[(ranks[i]! + step) % eligible.length]!;
      out[i] = outcomeAt(bin, directions[i]!);
    }
  });
}

function eligibleBins(table: OutcomeTable): Int32Array {
  const bins: number[] = [];
  for (let i = 0; 2 * i < table.kind.length; i++) {
    if (table.kind[2 * i] !== OUTCOME.NONE) bins.push(i);
  }
  return Int32Array.from(bins);
}

function directionsOf(places: Int32Array): Int8Array {
  return Int8Array.from(places, (at) => (at & 1) === 0 ? 1 : -1);
}

function shuffle(values: Int8Array, random: Xoshiro256): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const held = values[i]!;
    values[i] = values[j]!;
    values[j] = held;
  }
}

/** `chosen.length` different numbers below `from`, ascending, every set equally likely (Floyd). */
function chooseSorted(chosen: Int32Array, from: number, random: Xoshiro256): void {
  const taken = new Set<number>();
  const n = chosen.length;
  for (let top = from - n; top < from; top++) {
    const value = random.below(top + 1);
    taken.add(taken.has(value) ? top : value);
  }
  let i = 0;
  for (const value of taken) chosen[i++] = value;
  chosen.sort();
}

function draw(
  places: Int32Array,
  table: OutcomeTable,
  random: Xoshiro256,
  next: (random: Xoshiro256, out: Int32Array) => void,
): RandomTrades {
  const out = new Int32Array(places.length);
  const tp = new Float64Array(DRAWS);
  const pnl = new Float64Array(DRAWS);
  const own = meanPnl(places, table);
  let asGood = 1;
  for (let d = 0; d < DRAWS; d++) {
    next(random, out);
    tp[d] = tpRate(out, table);
    pnl[d] = meanPnl(out, table);
    // Sums in another order may differ in the last bit; that is no loss.
    if (pnl[d]! >= own - 1e-12) asGood++;
  }
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / DRAWS;
  const range = (values: Float64Array) => ({
    low: percentile(values, 2.5),
    high: percentile(values, 97.5),
  });
  return {
    draws: DRAWS,
    tp_rate: mean(tp),
    tp_range: range(tp),
    mean_pnl_ticks: mean(pnl),
    pnl_range: range(pnl),
    p_value: asGood / (DRAWS + 1),
  };
}

/** Share of trades that took profit, NaN without any. */
export function tpRate(places: Int32Array, table: OutcomeTable): number {
  let hits = 0;
  for (const at of places) if (table.kind[at] === OUTCOME.TP) hits++;
  return hits / places.length;
}

/** Mean profit per trade in ticks, NaN without any. */
export function meanPnl(places: Int32Array, table: OutcomeTable): number {
  let sum = 0;
  for (const at of places) sum += table.pnl[at]!;
  return sum / places.length;
}
