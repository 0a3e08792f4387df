/** Contracts as columns of one length n: row i is one contract. The caller's own, and only read. */
export interface ContractColumns {
  /** Shape [n]: +1 call, -1 put. */
  readonly right: Int8Array;
  /** Shape [n], > 0: the underlying, USD or points of a future. */
  readonly spot: Float64Array;
  /** Shape [n], > 0, in the unit of the spot. */
  readonly strike: Float64Array;
  /** Shape [n], > 0: to expiry. Rows of one expiry that follow each other share an exponential. */
  readonly years: Float64Array;
}

/**
 * What money and the underlying pay, continuously compounded, per year. Equal ones make the spot a forward:
 * Black (1976) for options on futures.
 */
export interface Carry {
  /** Of money, finite. */
  readonly rate: number;
  /** Of the underlying, finite. */
  readonly dividendYield: number;
}

/** Columns of contracts that no routine can take. */
export class ColumnError extends RangeError {
  override readonly name = "ColumnError";
  /** `length`: a column is not as long as `right`; `carry`: a rate is not finite. */
  readonly code: "length" | "carry";
  /** The column or rate at fault. */
  readonly column: string;

  /** @param rule What `column` must be and what it is, for people: "must be …: it is …". */
  constructor(code: ColumnError["code"], column: string, rule: string) {
    super(`Cannot value contracts as ${column} ${rule}`);
    this.code = code;
    this.column = column;
  }
}

/**
 * Takes contracts with further columns of theirs as input.
 *
 * @param more Further columns by name, of the same rows.
 * @returns The number of rows.
 * @throws {ColumnError} When a column is not as long as `right`, or a rate of the carry is not finite.
 */
export function checkedRows(
  contracts: ContractColumns,
  carry: Carry,
  more: Readonly<Record<string, { readonly length: number }>>,
): number {
  const { right, spot, strike, years } = contracts;
  const rows = right.length;
  for (const [column, { length }] of Object.entries({ spot, strike, years, ...more })) {
    if (length === rows) continue;
    throw new ColumnError(
      "length",
      column,
      `must have a value for each of ${rows}: it has ${length}`,
    );
  }
  for (
    const [name, value] of Object.entries({ rate: carry.rate, dividendYield: carry.dividendYield })
  ) {
    if (!Number.isFinite(value)) {
      throw new ColumnError("carry", name, `must be finite: it is ${value}`);
    }
  }
  return rows;
}
