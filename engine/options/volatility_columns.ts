import { writeLog, writeMillsRatio } from "../dmath/mod.ts";
import { type Carry, checkedRows, type ContractColumns } from "./contract_columns.ts";
import { BLOCK, type ExpiryColumns, writeExpiries } from "./expiry_columns.ts";
import { type TimeValues, writeGuesses } from "./volatility_guess.ts";

/** What became of a price, as it stands in {@link VolatilityColumns.outcome}. */
export const OUTCOME = {
  /** The volatility is found. */
  solved: 0,
  /** Less than the option is worth without volatility: no volatility gives it. */
  belowIntrinsic: 1,
  /** Exactly what it is worth without volatility: any that is small enough gives it, and vega is 0. */
  noTimeValue: 2,
  /** As much as a call's underlying or a put's strike, discounted, or more: no volatility gives it. */
  aboveMaximum: 3,
  /** The years are not > 0. */
  expired: 4,
  /** A spot, strike, price or right is out of range, or strike and forward are 1e100 times apart. */
  invalid: 5,
} as const;

/** Where volatilities go: columns of the contracts' length, the caller's own. */
export interface VolatilityColumns {
  /** Annual volatility; NaN unless the outcome is `solved`. */
  readonly iv: Float64Array;
  /** One of {@link OUTCOME}. */
  readonly outcome: Uint8Array;
}

const STEPS = 2;
const LN_SQRT_TWO_PI = 0.9189385332046727;
const LEAST_NEAR = 1e-100;
const THIRD = 1 / 3;
const block = () => new Float64Array(BLOCK);
const expiries: ExpiryColumns = { discount: block(), growth: block(), root: block() };
const values: TimeValues = {
  share: block(),
  rest: block(),
  near: block(),
  gap: block(),
  distance: block(),
};
/** +1 where the share is matched, -1 where the rest is: whichever is the smaller. */
const side = block();
/** Logarithm of the one that is matched, times sqrt(2π). */
const target = block();
/** Volatility times the root of time. */
const wide = block();
/** -d1 of a block's rows with the sign of {@link side}, then -d2; Mills' ratio of both. */
const d = new Float64Array(2 * BLOCK);
const mills = new Float64Array(2 * BLOCK);
const tail = block();
const lnTail = block();

/**
 * Annual volatilities at which the model of {@link writeGreeks} gives prices, columns in and columns out: an explicit
 * first guess, then two of Householder's steps of third order on the logarithm of the time value, or on that of what it
 * lacks to its bound. Always two steps, so every row costs the same and has the same bits everywhere. The volatility
 * is right to the rounding of its price.
 *
 * @param price Shape [n], per unit of the underlying, in the unit of the spot.
 * @throws {ColumnError} When a column has another length than `contracts.right`, or a rate is not finite.
 * @see docs/methods/black-scholes.md; Jäckel (2015), "Let's be rational", for the choice of the objective and the step.
 */
export function writeImpliedVolatility(
  contracts: ContractColumns,
  price: Float64Array,
  carry: Carry,
  out: VolatilityColumns,
): void {
  const { iv, outcome } = out;
  const rows = checkedRows(contracts, carry, { price, iv, outcome });
  for (let from = 0; from < rows; from += BLOCK) {
    const count = Math.min(BLOCK, rows - from);
    writeExpiries(contracts.years, carry, from, count, expiries);
    writeTimeValues(contracts, price, outcome, from, count);
    writeDistances(count);
    writeGuesses(values, wide, count);
    for (let step = 0; step < STEPS; step++) {
      writeDeviates(count);
      writeMillsRatio(d, mills, 2 * count);
      writeTails(count);
      writeStep(count);
    }
    writeVolatilities(out, from, count);
  }
}

function writeTimeValues(
  { right, spot, strike, years }: ContractColumns,
  price: Float64Array,
  outcome: Uint8Array,
  from: number,
  count: number,
): void {
  const { discount, growth } = expiries;
  const { share, rest, near, gap } = values;
  for (let i = 0; i < count; i++) {
    const row = from + i;
    const held = spot[row]! * growth[i]!;
    const paid = strike[row]! * discount[i]!;
    const isCall = right[row]! > 0;
    const most = isCall ? held : paid;
    const intrinsic = isCall ? held - paid : paid - held;
    const least = intrinsic > 0 ? intrinsic : 0;
    const lesser = held < paid ? held : paid;
    const greater = held < paid ? paid : held;
    const value = price[row]! - least;
    share[i] = value / lesser;
    rest[i] = (most - price[row]!) / lesser;
    near[i] = lesser / greater;
    gap[i] = (greater - lesser) / greater;
    outcome[row] = OUTCOME.solved;
    const isIn = share[i]! > 0 && rest[i]! > 0 && near[i]! > LEAST_NEAR && lesser > 0 &&
      greater < Infinity && years[row]! > 0 && Math.abs(right[row]!) === 1;
    if (isIn) continue;
    const isValid = lesser > 0 && near[i]! > LEAST_NEAR && greater < Infinity &&
      Math.abs(right[row]!) === 1 && Math.abs(price[row]!) < Infinity;
    outcome[row] = outcomeOf(isValid, years[row]!, value, rest[i]!);
    share[i] =
      rest[i] =
      near[i] =
      gap[i] =
        0.5; // any that can be solved
  }
}

/** Why a row is not solved. @param value Time value. @param rest What the price lacks to its bound. */
function outcomeOf(isValid: boolean, years: number, value: number, rest: number): number {
  if (years <= 0) return OUTCOME.expired;
  if (!isValid || !(years > 0)) return OUTCOME.invalid;
  if (value < 0) return OUTCOME.belowIntrinsic;
  return rest <= 0 ? OUTCOME.aboveMaximum : OUTCOME.noTimeValue;
}

function writeDistances(count: number): void {
  const { share, rest, near, distance } = values;
  for (let i = 0; i < count; i++) {
    const isShare = share[i]! < rest[i]!;
    side[i] = isShare ? 1 : -1;
    target[i] = isShare ? share[i]! : rest[i]!;
  }
  writeLog(target, target, count);
  writeLog(near, distance, count);
  for (let i = 0; i < count; i++) {
    distance[i] = -distance[i]!;
    target[i] = target[i]! + LN_SQRT_TWO_PI;
  }
}

function writeDeviates(count: number): void {
  const { distance } = values;
  for (let i = 0; i < count; i++) {
    const h = distance[i]! / wide[i]!;
    const t = 0.5 * wide[i]!;
    d[i] = side[i]! * (h - t);
    d[count + i] = h + t;
  }
}

/** Share or rest over the density at d1, and the logarithm of that. */
function writeTails(count: number): void {
  for (let i = 0; i < count; i++) tail[i] = mills[i]! - side[i]! * mills[count + i]!;
  writeLog(tail, lnTail, count);
}

/** Householder's step of third order for g = ln share or ln rest, by g, g''/g' and g'''/g'. */
function writeStep(count: number): void {
  const { distance } = values;
  for (let i = 0; i < count; i++) {
    const s = wide[i]!;
    const h = distance[i]! / s;
    const t = 0.5 * s;
    const slope = side[i]! / tail[i]!;
    const newton = (target[i]! - lnTail[i]! + 0.5 * d[i]! * d[i]!) / slope;
    const second = (h * h - t * t) / s; // of the price by s, over its first derivative
    const third = second * second - 3 * (h / s) * (h / s) - 0.25;
    const bend = second - slope;
    const twist = third - 3 * slope * second + 2 * slope * slope;
    wide[i] = s + newton * (1 + 0.5 * bend * newton) /
        (1 + newton * (bend + 0.5 * THIRD * twist * newton));
  }
}

function writeVolatilities(
  { iv, outcome }: VolatilityColumns,
  from: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    iv[from + i] = wide[i]! / expiries.root[i]!;
    if (outcome[from + i] !== OUTCOME.solved) iv[from + i] = NaN;
  }
}
