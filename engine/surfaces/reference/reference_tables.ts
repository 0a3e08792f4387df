import { newYorkDate, newYorkText } from "../../clock/mod.ts";
import type { DefinitionRow, StatisticsRow } from "../../dbn/mod.ts";
import { type ColumnValue, type Frame, FrameBuilder, rowsOf, valueAt } from "../../frames/mod.ts";
import { type TableLayout, TABLES } from "../../frames/surfaces/mod.ts";
import { type DayOption, Definitions } from "./day_options.ts";
import { isOpenInterest, type OpenInterestSource } from "./open_interest.ts";

/** What the table of definitions has for no expiration. */
const NO_EXPIRATION = 2n ** 63n - 1n;
/** Unsigned 32-bit numbers as the contract's ints keep them. */
const bitsOf = (id: number) => id | 0;
const idOf = (bits: ColumnValue | null | undefined) => Number(bits) >>> 0;

type Row = Readonly<Record<string, ColumnValue | null>>;

function frameOf(table: TableLayout, rows: readonly Row[]): Frame {
  const builder = new FrameBuilder(table, rows.length);
  for (const row of rows) builder.add(row);
  return builder.take();
}

function* rowsIn({ columns: found }: TableLayout, frame: Frame): Generator<Row> {
  const { columns, valid } = frame;
  for (let at = 0; at < rowsOf(frame); at++) {
    yield Object.fromEntries(
      found.map((column, i) => [column.name, valueAt(column, columns[i]!, valid[i] ?? null, at)]),
    );
  }
}

/**
 * Definitions of options on one future as the lake keeps them: every record, by instrument and time.
 *
 * @param rows In the order of their file.
 * @param underlying Symbol of the future.
 */
export function definitionTable(rows: readonly DefinitionRow[], underlying: string): Frame {
  const own = rows.filter((row) =>
    row.underlying === underlying && (row.instrumentClass === "C" || row.instrumentClass === "P")
  );
  own.sort((a, b) =>
    bitsOf(a.instrumentId) - bitsOf(b.instrumentId) || compare(a.tsEventNs, b.tsEventNs)
  );
  return frameOf(
    TABLES.DEFINITIONS,
    own.map((row) => ({
      ts_event: row.tsEventNs,
      instrument_id: bitsOf(row.instrumentId),
      instrument_class: row.instrumentClass,
      security_update_action: row.securityUpdateAction,
      security_type: row.securityType,
      underlying_id: bitsOf(row.underlyingId),
      underlying: row.underlying,
      expiration: row.expirationNs ?? NO_EXPIRATION,
      strike_price: row.strikePriceInt ?? 0,
      currency: row.currency,
      raw_symbol: row.rawSymbol,
    })),
  );
}

/**
 * Statements of the open interest of the day's options on one future, from the oldest to the newest. Those
 * that state none are left out.
 *
 * @param rows In the order of their file.
 * @param options Of the day.
 * @param source Where the records come from.
 */
export function statisticsTable(
  rows: readonly StatisticsRow[],
  options: readonly DayOption[],
  underlying: string,
  source: string,
): Frame {
  const own = new Map(
    options.filter((option) => option.underlying === underlying)
      .map((option) => [option.instrumentId, option]),
  );
  const stated = rows.filter(isOpenInterest).filter(({ instrumentId }) => own.has(instrumentId));
  stated.sort((a, b) =>
    compare(a.tsRefNs ?? -1n, b.tsRefNs ?? -1n) || compare(a.tsRecvNs ?? -1n, b.tsRecvNs ?? -1n)
  );
  return frameOf(
    TABLES.STATISTICS,
    stated.map((row) => statementOf(row, own.get(row.instrumentId)!, source)),
  );
}

function statementOf(
  row: StatisticsRow & { readonly quantity: number },
  { underlying, symbol, expirationNs, strikeInt, isCall }: DayOption,
  source: string,
): Row {
  return {
    ts_event_ns: row.tsEventNs,
    ts_recv_ns: row.tsRecvNs ?? 0n,
    source,
    underlying,
    option_symbol: symbol,
    exp_date: newYorkDate(expirationNs),
    strike: strikeInt / 1e9,
    right: isCall ? "C" : "P",
    open_interest: row.quantity,
  };
}

/** The definitions in rows that {@link definitionTable} made. */
export function definitionsIn(table: Frame): Definitions {
  const definitions = new Definitions();
  for (const row of rowsIn(TABLES.DEFINITIONS, table)) {
    const expirationNs = BigInt(row["expiration"] ?? NO_EXPIRATION);
    definitions.take({
      instrumentId: idOf(row["instrument_id"]),
      tsEventNs: BigInt(row["ts_event"] ?? 0n),
      instrumentClass: String(row["instrument_class"]),
      securityUpdateAction: String(row["security_update_action"]),
      strikePriceInt: Number(row["strike_price"]) || null,
      expirationNs: expirationNs === NO_EXPIRATION ? null : expirationNs,
      underlying: String(row["underlying"]),
      rawSymbol: String(row["raw_symbol"]),
    });
  }
  return definitions;
}

/** The newest statement of each option, by symbol. @param statements Made by {@link statisticsTable}. */
export function cleanStatistics(statements: Frame): Frame {
  const newest = new Map<string, Row>();
  for (const row of rowsIn(TABLES.STATISTICS, statements)) {
    newest.set(String(row["option_symbol"]), row);
  }
  const rows = [...newest.keys()].sort().map((symbol) => {
    const row = newest.get(symbol)!;
    return { ...row, ts_event_est: newYorkText(BigInt(row["ts_event_ns"] ?? 0n)) };
  });
  return frameOf(TABLES.STATISTICS_CLEAN, rows);
}

/** The open interest in rows that {@link cleanStatistics} made, by the day's options. */
export function openInterestIn(clean: Frame, options: readonly DayOption[]): OpenInterestSource {
  const bySymbol = new Map<string, number>();
  for (const row of rowsIn(TABLES.STATISTICS_CLEAN, clean)) {
    bySymbol.set(String(row["option_symbol"]), Number(row["open_interest"]));
  }
  const symbols = new Map(options.map(({ instrumentId, symbol }) => [instrumentId, symbol]));
  return { of: (instrumentId) => bySymbol.get(symbols.get(instrumentId) ?? "") ?? null };
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}
