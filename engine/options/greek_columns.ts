import { normalPdfOf, writeExp, writeLog, writeNormalCdf } from "../dmath/mod.ts";
import { type Carry, checkedRows, type ContractColumns } from "./contract_columns.ts";
import { BLOCK, type ExpiryColumns, writeExpiries } from "./expiry_columns.ts";

/** Where values and sensitivities go: columns of the contracts' length, the caller's own; in the unit of the spot. */
export interface GreekColumns {
  /** Value of an option on one unit of the underlying, >= 0. */
  readonly price: Float64Array;
  /** Price per unit of spot; negative for a put. */
  readonly delta: Float64Array;
  /** Delta per unit of spot. */
  readonly gamma: Float64Array;
  /** Price per 1.00 of annual volatility. */
  readonly vega: Float64Array;
}

/** All of {@link GreekColumns}, and what time and volatility change; of the contracts' length, the caller's own. */
export interface AllGreekColumns extends GreekColumns {
  /** Price per year that passes, all else equal. */
  readonly theta: Float64Array;
  /** Delta per 1.00 of annual volatility. */
  readonly vanna: Float64Array;
  /** Delta per year that passes, all else equal. */
  readonly charm: Float64Array;
}

const expiries: ExpiryColumns = {
  discount: new Float64Array(BLOCK),
  growth: new Float64Array(BLOCK),
  root: new Float64Array(BLOCK),
};
/** Spot over strike of a block's rows, then its logarithm. */
const ratio = new Float64Array(BLOCK);
/** Deviation of the logarithm of the underlying at expiry. */
const wide = new Float64Array(BLOCK);
/** d1 of a block's rows and then d2, with the sign of the right; e^(-d²/2); P(Z <= d). */
const d = new Float64Array(2 * BLOCK);
const e = new Float64Array(2 * BLOCK);
const below = new Float64Array(2 * BLOCK);

/**
 * Values European options and their sensitivities, columns in and columns out: Black and Scholes (1973) with the
 * dividend yield of Merton (1973).
 *
 * Without dividends and at the rate of {@link greeks} calls, gammas and vegas have its bits. Puts are valued by
 * themselves and not by parity with the call, which leaves one out of the money the rounding of its spot; they
 * differ by some 1e-15 of it. A row that is out of range gets NaN in every column.
 *
 * @param iv Shape [n], annual volatility, > 0.
 * @throws {ColumnError} When a column has another length than `contracts.right`, or a rate is not finite.
 * @see docs/methods/black-scholes.md
 */
export function writeGreeks(
  contracts: ContractColumns,
  iv: Float64Array,
  carry: Carry,
  out: GreekColumns,
): void {
  const { price, delta, gamma, vega } = out;
  const rows = checkedRows(contracts, carry, { iv, price, delta, gamma, vega });
  for (let from = 0; from < rows; from += BLOCK) {
    const count = Math.min(BLOCK, rows - from);
    writeDistributions(contracts, iv, carry, from, count);
    writeBlock(contracts, out, from, count);
  }
}

/**
 * {@link writeGreeks} with theta, vanna and charm, per year. With equal rates of the carry this is Black (1976): all
 * greeks of options on a future.
 *
 * @param iv Shape [n], annual volatility, > 0.
 * @throws {ColumnError} When a column has another length than `contracts.right`, or a rate is not finite.
 * @see docs/methods/black-scholes.md
 */
export function writeAllGreeks(
  contracts: ContractColumns,
  iv: Float64Array,
  carry: Carry,
  out: AllGreekColumns,
): void {
  const { price, delta, gamma, vega, theta, vanna, charm } = out;
  const rows = checkedRows(contracts, carry, {
    iv,
    price,
    delta,
    gamma,
    vega,
    theta,
    vanna,
    charm,
  });
  for (let from = 0; from < rows; from += BLOCK) {
    const count = Math.min(BLOCK, rows - from);
    writeDistributions(contracts, iv, carry, from, count);
    writeBlock(contracts, out, from, count);
    writeDecays(contracts, iv, carry, out, from, count);
  }
}

/** Both deviates of a block's rows, with density and distribution of each. */
function writeDistributions(
  contracts: ContractColumns,
  iv: Float64Array,
  carry: Carry,
  from: number,
  count: number,
): void {
  writeExpiries(contracts.years, carry, from, count, expiries);
  writeRatios(contracts, from, count);
  writeLog(ratio, ratio, count);
  writeDeviates(iv, carry.rate - carry.dividendYield, contracts, from, count);
  writeExp(e, e, 2 * count);
  writeNormalCdf(d, e, below, 2 * count);
}

/** Spot over strike; NaN for a row out of range, stored on its own: a choice of two values costs as much as the rest. */
function writeRatios(
  { right, spot, strike }: ContractColumns,
  from: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const row = from + i;
    const side = right[row]!;
    const value = spot[row]! / strike[row]!;
    ratio[i] = value;
    if (!(spot[row]! > 0 && value > 0 && value < Infinity && side * side === 1)) ratio[i] = NaN;
  }
}

function writeDeviates(
  iv: Float64Array,
  drift: number,
  { right, years }: ContractColumns,
  from: number,
  count: number,
): void {
  const { root } = expiries;
  for (let i = 0; i < count; i++) {
    const row = from + i;
    const side = right[row]!;
    const v = iv[row]!;
    const deviation = v * root[i]!;
    const first = (ratio[i]! + (drift + 0.5 * v * v) * years[row]!) / deviation;
    const second = first - deviation;
    wide[i] = deviation;
    d[i] = side * first;
    d[count + i] = side * second;
    e[i] = -0.5 * first * first;
    e[count + i] = -0.5 * second * second;
    if (!(deviation > 0 && Math.abs(first) < Infinity)) {
      d[i] =
        d[count + i] =
        e[i] =
        e[count + i] =
          NaN;
    }
  }
}

function writeBlock(
  { right, spot, strike }: ContractColumns,
  { price, delta, gamma, vega }: GreekColumns,
  from: number,
  count: number,
): void {
  const { discount, growth, root } = expiries;
  for (let i = 0; i < count; i++) {
    const row = from + i;
    const s = spot[row]!;
    const side = right[row]!;
    const held = growth[i]!;
    const first = below[i]!;
    const density = normalPdfOf(e[i]!);
    const value = s * held * first - strike[row]! * discount[i]! * below[count + i]!;
    price[row] = side * value;
    if (side * value <= 0) price[row] = 0; // of rounding
    delta[row] = side * held * first + 0; // not -0
    gamma[row] = held * density / (s * wide[i]!);
    vega[row] = s * held * density * root[i]!;
  }
}

function writeDecays(
  { right, spot, strike, years }: ContractColumns,
  iv: Float64Array,
  { rate, dividendYield }: Carry,
  { theta, vanna, charm }: AllGreekColumns,
  from: number,
  count: number,
): void {
  const { discount, growth, root } = expiries;
  const drift = rate - dividendYield;
  for (let i = 0; i < count; i++) {
    const row = from + i;
    const side = right[row]!;
    const held = growth[i]!;
    const first = side * held * below[i]!;
    const second = side * discount[i]! * below[count + i]!;
    const density = held * normalPdfOf(e[i]!);
    const d2 = side * d[count + i]!;
    const half = 0.5 / years[row]!;
    theta[row] = dividendYield * spot[row]! * first - rate * strike[row]! * second -
      spot[row]! * density * iv[row]! * root[i]! * half;
    vanna[row] = -density * d2 / iv[row]! + 0; // not -0
    charm[row] = dividendYield * first + density * (d2 * half - drift / wide[i]!);
  }
}
