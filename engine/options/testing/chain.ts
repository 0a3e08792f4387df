import { type Carry, type Greeks, type Right, writeGreeks } from "../mod.ts";

/** A contract with its volatility, in plain words. */
export interface Contract {
  readonly right: Right;
  readonly spot: number;
  readonly strike: number;
  readonly years: number;
  readonly iv: number;
}

/** Contracts as columns, with columns for what comes out. */
export type Chain = ReturnType<typeof chainOf>;

/** Columns of contracts. */
export function chainOf(rows: readonly Contract[]) {
  const column = (name: "spot" | "strike" | "years" | "iv") =>
    Float64Array.from(rows, (row) => row[name]);
  const empty = () => new Float64Array(rows.length).fill(-1);
  return {
    right: Int8Array.from(rows, ({ right }) => right === "C" ? 1 : -1),
    spot: column("spot"),
    strike: column("strike"),
    years: column("years"),
    iv: column("iv"),
    out: { price: empty(), delta: empty(), gamma: empty(), vega: empty() },
  };
}

/** What stands in the columns that came out, an object a row. */
export function rowsOf({ out }: Chain): Greeks[] {
  return Array.from(out.price, (price, i) => ({
    price,
    delta: out.delta[i] ?? NaN,
    gamma: out.gamma[i] ?? NaN,
    vega: out.vega[i] ?? NaN,
  }));
}

/** Contracts through {@link writeGreeks}. */
export function valued(rows: readonly Contract[], carry: Carry): Greeks[] {
  const chain = chainOf(rows);
  writeGreeks(chain, chain.iv, carry, chain.out);
  return rowsOf(chain);
}
