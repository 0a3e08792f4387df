import type { Carry, Greeks } from "../mod.ts";
import type { Contract } from "./chain.ts";

/** Values and volatilities that were computed with 60 digits; in the second the volatility is that of the price. */
export interface Vectors {
  readonly valued: readonly (Contract & Carry & Greeks)[];
  readonly implied: readonly (Contract & Carry & Pick<Greeks, "price" | "vega">)[];
}

/** The committed vectors. */
export function vectors(): Vectors {
  const url = new URL("../../../fixtures/options/black_scholes.json", import.meta.url);
  const tables = JSON.parse(Deno.readTextFileSync(url)) as Record<keyof Vectors, Table>;
  return { valued: named(tables.valued), implied: named(tables.implied) };
}

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

function named<Row>({ columns, rows }: Table): Row[] {
  return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])) as Row);
}
