import { newYorkNs } from "../../clock/mod.ts";
import type { DefinitionRow } from "../../dbn/mod.ts";

/** An option that expires on the session's date. */
export interface DayOption {
  readonly instrumentId: number;
  readonly isCall: boolean;
  /** 1e-9 points. */
  readonly strikeInt: number;
  readonly expirationNs: bigint;
  /** Symbol of the future. */
  readonly underlying: string;
  readonly symbol: string;
}

/** What of a definition tells whether it is an option of a day. */
export type DefinitionTerms = Pick<
  DefinitionRow,
  | "instrumentId"
  | "tsEventNs"
  | "instrumentClass"
  | "securityUpdateAction"
  | "strikePriceInt"
  | "expirationNs"
  | "underlying"
  | "rawSymbol"
>;

/** Whether a symbol is that of a spread, which is no option of its own: `-` in it, or `UD:` before it. */
function isSpread(symbol: string): boolean {
  return symbol.includes("-") || symbol.startsWith("UD:");
}

/**
 * The newest definition of every instrument. Records may come in any order: the one of the latest
 * `ts_event` counts, the later one in the file of several.
 */
export class Definitions {
  readonly #newest = new Map<number, DefinitionTerms>();

  /** Takes a record. */
  take(row: DefinitionTerms): void {
    const known = this.#newest.get(row.instrumentId);
    if (known === undefined || row.tsEventNs >= known.tsEventNs) {
      this.#newest.set(row.instrumentId, row);
    }
  }

  /**
   * Outright options with a strike that expire on a date in New York and were not deleted, by ascending
   * instrument id.
   *
   * @param date YYYY-MM-DD.
   * @throws {RangeError} When the text is no date.
   */
  options(date: string): readonly DayOption[] {
    const fromNs = newYorkNs(date, "00:00");
    const toNs = newYorkNs(nextDate(date), "00:00");
    const found: DayOption[] = [];
    for (const row of this.#newest.values()) {
      const { instrumentClass, strikePriceInt: strikeInt, expirationNs, rawSymbol: symbol } = row;
      const isCall = instrumentClass === "C";
      if (!isCall && instrumentClass !== "P") continue;
      if (row.securityUpdateAction === "D" || strikeInt === null || isSpread(symbol)) continue;
      if (expirationNs === null || expirationNs < fromNs || expirationNs >= toNs) continue;
      const { instrumentId, underlying } = row;
      found.push({ instrumentId, isCall, strikeInt, expirationNs, underlying, symbol });
    }
    return found.sort((a, b) => a.instrumentId - b.instrumentId);
  }
}

function nextDate(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
