import { type Column, type ColumnValue, RowBatch, valueAt } from "../../../engine/frames/mod.ts";
import { SurfaceBatches, SurfacePass } from "../../../engine/surfaces/pass/mod.ts";
import type { Chain } from "../../../engine/surfaces/gamma/mod.ts";
import { feed, FUTURE, type VectorStream } from "./surface_events.ts";
import { type Cell, relativeBound, type Tally } from "./tally.ts";

/** What a window's tables and streams have in their columns. */
export class WindowTables {
  readonly pass: SurfacePass;
  readonly #batches: readonly SurfaceBatches[];

  constructor(pass: SurfacePass) {
    this.pass = pass;
    this.#batches = [SurfaceBatches.ofTables(pass), SurfaceBatches.ofStreams(pass)];
  }

  /** Reads the window that closes. */
  take(): void {
    for (const batches of this.#batches) {
      batches.clear();
      batches.take(this.pass);
    }
  }

  /** The rows of tables and streams that have them side by side. @throws {RangeError} For an unknown name. */
  rows(...names: readonly string[]): JoinedRows {
    return new JoinedRows(names.map((name) => {
      const found = this.#batches.map(({ batches }) => batches.get(name)).find((batch) => batch);
      if (found === undefined) throw new RangeError(`Cannot find the table ${name}`);
      return found;
    }));
  }
}

/** Rows whose columns may lie in several batches, row by row the same. */
export class JoinedRows {
  readonly count: number;
  readonly #batches: readonly RowBatch[];

  constructor(batches: readonly RowBatch[]) {
    this.#batches = batches;
    this.count = batches[0]?.count ?? 0;
  }

  /** Layout and values of a column. @throws {RangeError} When no batch has it. */
  column(
    name: string,
  ): { readonly column: Column; readonly at: (row: number) => ColumnValue | null } {
    for (const batch of this.#batches) {
      const place = batch.layout.columns.findIndex((column) => column.name === name);
      const column = batch.layout.columns[place];
      if (column === undefined) continue;
      const { columns, valid } = batch.frame();
      const [values, flags] = [columns[place]!, valid[place] ?? null];
      return { column, at: (row) => valueAt(column, values, flags, row) };
    }
    throw new RangeError(`Cannot find the column ${name}`);
  }
}

/** How far a double of a column may lie from the golden one. */
export type BoundOf = (name: string, expected: number) => number;

/** A share of the value's own size. */
export function ownSize(share: number): BoundOf {
  return (_, expected) => relativeBound(expected, share);
}

/** A share of the largest value of the column in these rows. */
export function columnSize(
  share: number,
  names: readonly string[],
  rows: readonly (readonly Cell[])[],
): BoundOf {
  const largest = new Map(names.map((name, i) => [
    name,
    rows.reduce((most, row) => Math.max(most, Math.abs(Number(row[i] ?? 0)) || 0), 0),
  ]));
  return (name) => share * (largest.get(name) ?? 0);
}

/** Contracts are whole whatever type counts them; so is all that is no double. */
function isExact({ type, unit }: Column): boolean {
  return type !== "f64" || unit.startsWith("contracts");
}

/** Compares rows with golden ones, column by column. @param picked Rows of `actual` that are meant. */
export function checkRows(
  tally: Tally,
  actual: JoinedRows,
  { names, expected, bound, where, picked }: {
    readonly names: readonly string[];
    readonly expected: readonly (readonly Cell[])[];
    readonly bound: BoundOf;
    readonly where: string;
    readonly picked?: readonly number[];
  },
): void {
  tally.same(picked?.length ?? actual.count, expected.length, `${where}, rows`);
  names.forEach((name, c) => {
    const { column, at } = actual.column(name);
    expected.forEach((row, r) => {
      const wanted = row[c] ?? null;
      const free = typeof wanted === "number" && !isExact(column) ? bound(name, wanted) : 0;
      tally.near(at(picked?.[r] ?? r), wanted, free, `${where}, row ${r}, ${name}`);
    });
  });
}

/** Runs a stream's records through a pass and shows every window with the golden one. */
export function eachWindow<W extends { readonly end_offset_ns: number }>(
  tally: Tally,
  { name, base_ns, events, windows }: VectorStream<W>,
  chain: Chain,
  check: (tables: WindowTables, golden: W, where: string) => void,
): void {
  let at = 0;
  let tables: WindowTables | null = null;
  const pass = new SurfacePass({
    baseNs: BigInt(base_ns),
    future: FUTURE,
    chain,
    isGenerated: true,
    onWindow: (closed) => {
      const where = `${name}, window ${at}`;
      const golden = windows[at++];
      if (golden === undefined) return;
      tally.same(closed.windows.endNs, golden.end_offset_ns, `${where}, end`);
      tables ??= new WindowTables(closed);
      tables.take();
      check(tables, golden, where);
    },
  });
  feed(pass.windows, events);
  pass.finish();
  tally.same(at, windows.length, `${name}, windows`);
}
