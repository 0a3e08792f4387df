import { exp, log } from "../../dmath/mod.ts";
import { extend, toNormal, toUnit } from "../../regime/mod.ts";

/** How prints of one kind are sized. Shares of prints; what is left over is log-normal. */
export interface SizeLaw {
  /** 1 to 99 shares. */
  readonly odd: number;
  readonly hundred: number;
  /** 200 to 900 shares. */
  readonly few: number;
  /** 1,000 to 5,000 shares. */
  readonly large: number;
  /** Median of the log-normal rest, whose logarithm has deviation 1. */
  readonly restMedian: number;
}

/** Exchanges trade in small pieces; what is reported off exchange is larger, at as many odd lots. */
export const LIT_SIZES: SizeLaw = {
  odd: 0.46,
  hundred: 0.28,
  few: 0.17,
  large: 0.025,
  restMedian: 150,
};

/** Sizes off exchange. @param large Share of prints of 1,000 to 5,000 shares. */
export function offSizes(large: number): SizeLaw {
  return { odd: 0.41, hundred: 0.165, few: 0.33 - large, large, restMedian: 350 };
}

/** Odd lots that people and machines like, and the share of odd lots that are one of them. */
const LIKED_ODD = [1, 1, 1, 2, 5, 10, 10, 20, 25, 50, 50, 75];
const LIKED_ODD_SHARE = 0.45;
/** Sizes of several lots with their shares: the round ones are taken more often than their neighbours. */
const FEW: readonly (readonly [number, number])[] = [
  [200, 0.40],
  [300, 0.19],
  [400, 0.12],
  [500, 0.17],
  [600, 0.05],
  [700, 0.02],
  [800, 0.035],
  [900, 0.015],
];
const LARGE: readonly (readonly [number, number])[] = [
  [1_000, 0.40],
  [1_500, 0.09],
  [2_000, 0.16],
  [2_500, 0.06],
  [3_000, 0.06],
  [4_000, 0.03],
  [5_000, 0.08],
];
const LARGE_RANGE = [1_000, 5_000] as const;
/** Blocks, which either kind of venue has now and then. */
const BLOCK_RANGE = [2_000, 60_000] as const;
/**
 * Share of the blocks that are larger, and the Pareto law that those follow up to the end of their range. Both are
 * judged by the stock legs of large option orders: no size is one of theirs alone.
 */
const LARGEST_SHARE = 0.12;
const LARGEST_RANGE = [60_000, 1_000_000] as const;
const LARGEST_EXPONENT = 1.2;

/** A whole number of lots between two sizes, evenly by logarithm. */
export function lotsBetween(low: number, high: number, uniform: number): number {
  return Math.round(low * exp(uniform * log(high / low)) / 100) * 100;
}

/** What is left of a truncated Pareto law beyond the end of its range. */
function paretoRest([low, high]: readonly [number, number], exponent: number): number {
  return exp(-exponent * log(high / low));
}

function largestShares(uniform: number): number {
  const within = 1 - paretoRest(LARGEST_RANGE, LARGEST_EXPONENT);
  const grown = exp(-log(1 - uniform * within) / LARGEST_EXPONENT);
  return Math.round(LARGEST_RANGE[0] * grown / 100) * 100;
}

/** Shares of a block. @param uniform 0 … 1. */
export function blockShares(uniform: number): number {
  const usual = 1 - LARGEST_SHARE;
  return uniform < usual
    ? lotsBetween(...BLOCK_RANGE, uniform / usual)
    : largestShares((uniform - usual) / LARGEST_SHARE);
}

/** The size of a table that a uniform falls on, or 0 beyond its shares. */
function taken(sizes: readonly (readonly [number, number])[], uniform: number): number {
  let left = uniform;
  for (let i = 0; i < sizes.length; i++) {
    const [size, share] = sizes[i] ?? [0, 0];
    left -= share;
    if (left < 0) return size;
  }
  return 0;
}

function oddLot(state: number): number {
  const u = toUnit(extend(state, 11));
  if (u >= LIKED_ODD_SHARE) return Math.floor(exp((u - LIKED_ODD_SHARE) / 0.55 * log(100)));
  return LIKED_ODD[Math.floor(u / LIKED_ODD_SHARE * LIKED_ODD.length)] ?? 1;
}

/** Shares of a print that is no block. @param state Hash state of the print. */
export function sharesOf(state: number, law: SizeLaw): number {
  let left = toUnit(extend(state, 10)) - law.odd;
  if (left < 0) return oddLot(state);
  left -= law.hundred;
  if (left < 0) return 100;
  const u = toUnit(extend(state, 11));
  left -= law.few;
  if (left < 0) return taken(FEW, u) || 200;
  left -= law.large;
  if (left < 0) {
    return taken(LARGE, u) || lotsBetween(...LARGE_RANGE, toUnit(extend(state, 13)));
  }
  return Math.max(1, Math.round(law.restMedian * exp(toNormal(extend(state, 12)))));
}

function logUniformMean([low, high]: readonly [number, number]): number {
  return (high - low) / log(high / low);
}

function tableMean(sizes: readonly (readonly [number, number])[], other: number): number {
  let sum = 0;
  let share = 0;
  for (const [size, part] of sizes) {
    sum += size * part;
    share += part;
  }
  return sum + (1 - share) * other;
}

/** Mean shares of a print that is no block, by the law. */
export function meanShares({ odd, hundred, few, large, restMedian }: SizeLaw): number {
  const liked = LIKED_ODD.reduce((sum, size) => sum + size, 0) / LIKED_ODD.length;
  const oddMean = LIKED_ODD_SHARE * liked +
    (1 - LIKED_ODD_SHARE) * (logUniformMean([1, 100]) - 0.5);
  return odd * oddMean + hundred * 100 + few * tableMean(FEW, 200) +
    large * tableMean(LARGE, logUniformMean(LARGE_RANGE)) +
    (1 - odd - hundred - few - large) * restMedian * exp(0.5);
}

function paretoMean(range: readonly [number, number], exponent: number): number {
  const [low, high] = range;
  const rest = paretoRest(range, exponent);
  return exponent / (exponent - 1) * (low - high * rest) / (1 - rest);
}

/** Mean shares of a block, by the law. */
export const MEAN_BLOCK = (1 - LARGEST_SHARE) * logUniformMean(BLOCK_RANGE) +
  LARGEST_SHARE * paretoMean(LARGEST_RANGE, LARGEST_EXPONENT);
