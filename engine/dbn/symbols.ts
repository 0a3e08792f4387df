import { type DbnMetadata, stypeId } from "./metadata.ts";

interface Interval {
  readonly startDate: number; // YYYYMMDD, inclusive
  readonly endDate: number; // YYYYMMDD, exclusive
  readonly symbol: string;
}

const NS_PER_DAY = 86_400_000_000_000n;

/**
 * UTC date of a time as YYYYMMDD.
 *
 * @param timeNs Since 1970 UTC, in 0..2^64-1.
 * @see Hinnant (2013), "chrono-Compatible Low-Level Date Algorithms", for the civil date.
 */
export function utcDate(timeNs: bigint): number {
  const days = Number(timeNs / NS_PER_DAY) + 719_468; // since 0000-03-01
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra -
    (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153); // months since March
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return year * 10_000 + month * 100 + day;
}

function idOf(text: string): number | null {
  if (!/^\d{1,10}$/.test(text)) return null;
  const id = Number(text);
  return id <= 0xffff_ffff ? id : null;
}

/**
 * Text symbols of instrument ids by UTC date, from the metadata of a file. Ids are reused between
 * days, so that the date of a record's index time (`ts_recv`, else `ts_event`) belongs to the key.
 *
 * @see docs/methods/dbn.md, "Symbols".
 */
export class SymbolMap {
  readonly #byId = new Map<number, Interval[]>();
  /** Whether the symbologies of the file lead from instrument ids to text. */
  readonly canMap: boolean;

  constructor(metadata: DbnMetadata) {
    const id = stypeId("instrument_id");
    const forward = metadata.stypeOut === id;
    this.canMap = forward || metadata.stypeIn === id;
    if (!this.canMap) return;
    for (const { rawSymbol, intervals } of metadata.mappings) {
      for (const { startDate, endDate, symbol } of intervals) {
        if (symbol === "") continue;
        const key = idOf(forward ? symbol : rawSymbol);
        if (key === null) continue;
        const list = this.#byId.get(key) ?? [];
        list.push({ startDate, endDate, symbol: forward ? rawSymbol : symbol });
        this.#byId.set(key, list);
      }
    }
  }

  /** Symbol of an instrument on a UTC date (YYYYMMDD), or null. */
  on(date: number, instrumentId: number): string | null {
    const list = this.#byId.get(instrumentId);
    if (list === undefined) return null;
    for (const { startDate, endDate, symbol } of list) {
      if (startDate <= date && date < endDate) return symbol;
    }
    return null;
  }

  /** Symbol of an instrument at an index time in ns UTC, or null. */
  at(timeNs: bigint, instrumentId: number): string | null {
    return this.on(utcDate(timeNs), instrumentId);
  }

  /** Every instrument id that has a symbol on any day, in the order of the metadata. */
  instrumentIds(): number[] {
    return [...this.#byId.keys()];
  }
}
