import {
  type AllGreekColumns,
  OUTCOME,
  writeAllGreeks,
  writeImpliedVolatility,
} from "../../../engine/options/mod.ts";
import { FUTURE_RATE } from "../../../engine/surfaces/profile/mod.ts";
import type { Suite } from "./suite.ts";
import type { Tally } from "./tally.ts";

/** An option on a future: right, price of the future, strike, years. */
export interface FutureOption {
  readonly right: string;
  readonly F: number;
  readonly K: number;
  readonly T: number;
}

type Valued = FutureOption & { readonly s: number } & Readonly<Record<string, number | string>>;
type Quoted = FutureOption & {
  readonly mid: number;
  readonly iv: number | null;
  readonly vega: number;
};

/** Equal rates: the spot is a future. */
const CARRY = { rate: FUTURE_RATE, dividendYield: FUTURE_RATE };
/** Premium at which a volatility was solved, points: where vega is too small to tell the volatility. */
const PREMIUM_BOUND = 1e-9;
const IV_BOUND = 1e-6;
const LEAST_VEGA = 0.01;

/** Column of the engine by column of the golden table. */
const GREEKS = {
  price: "value",
  delta: "delta",
  gamma: "gamma",
  vega: "vega",
  theta: "theta_year",
  vanna: "vanna",
  charm: "charm_year",
} as const;

/** Values and volatilities by Black (1976). */
export const BLACK76: Suite = {
  name: "Black (1976) and implied volatility",
  isOf: (document) => "black76" in document && "implied" in document,
  check: (document, tally) => {
    checkGreeks(tally, rowsOf<Valued>(document["black76"]));
    checkVolatilities(tally, rowsOf<Quoted>(document["implied"]));
  },
};

function rowsOf<R>(table: unknown): readonly R[] {
  const { columns, rows } = table as { columns: readonly string[]; rows: readonly unknown[][] };
  return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])) as R);
}

function checkGreeks(tally: Tally, rows: readonly Valued[]): void {
  const greeks = futureGreeks(rows);
  rows.forEach((row, i) => {
    for (const [name, column] of Object.entries(GREEKS)) {
      const wanted = Number(row[column]);
      const share = name === "vanna" || name === "charm" ? 1e-8 : 1e-9;
      const is = greeks[name as keyof typeof GREEKS][i]!;
      const where = `${name} of ${row.F} ${row.K}${row.right} ${row.T} ${row.s}`;
      tally.near(is, wanted, share * Math.abs(wanted) + 1e-12, where);
    }
  });
}

function checkVolatilities(tally: Tally, rows: readonly Quoted[]): void {
  const { iv, outcome } = futureVolatilities(rows);
  const premiums = futureGreeks(rows.map((row, i) => ({ ...row, s: iv[i]! }))).price;
  rows.forEach((row, i) => {
    const where = `volatility of ${row.F} ${row.K}${row.right} ${row.T} at ${row.mid}`;
    tally.same(outcome[i] === OUTCOME.solved, row.iv !== null, `${where}, solved`);
    if (row.iv === null) return;
    if (row.vega >= LEAST_VEGA) tally.near(iv[i], row.iv, IV_BOUND, where);
    else tally.near(premiums[i], row.mid, PREMIUM_BOUND, `${where}, premium`);
  });
}

/** Options on a future as columns. */
export function futureOptionColumns(rows: readonly FutureOption[]) {
  return {
    right: Int8Array.from(rows, ({ right }) => right === "C" ? 1 : -1),
    spot: Float64Array.from(rows, ({ F }) => F),
    strike: Float64Array.from(rows, ({ K }) => K),
    years: Float64Array.from(rows, ({ T }) => T),
  };
}

/** Premium and greeks of options on a future. @param rows `s`: annual volatility. */
export function futureGreeks(
  rows: readonly (FutureOption & { readonly s: number })[],
): AllGreekColumns {
  const column = () => new Float64Array(rows.length);
  const out = {
    price: column(),
    delta: column(),
    gamma: column(),
    vega: column(),
    theta: column(),
    vanna: column(),
    charm: column(),
  };
  writeAllGreeks(futureOptionColumns(rows), Float64Array.from(rows, ({ s }) => s), CARRY, out);
  return out;
}

/** Volatilities that premiums imply, and how each was found. @param rows `mid`: premium, points. */
export function futureVolatilities(rows: readonly (FutureOption & { readonly mid: number })[]) {
  const out = { iv: new Float64Array(rows.length), outcome: new Uint8Array(rows.length) };
  writeImpliedVolatility(
    futureOptionColumns(rows),
    Float64Array.from(rows, ({ mid }) => mid),
    CARRY,
    out,
  );
  return out;
}
