import { STAT_TYPE, type StatisticsRow } from "../../dbn/mod.ts";

const DELETED = 2;

/** One statement of the open interest of an instrument. */
interface Statement {
  readonly tsRefNs: bigint;
  readonly tsRecvNs: bigint;
  readonly contracts: number;
}

/** Who knows the open interest of instruments. */
export interface OpenInterestSource {
  /** Contracts, ≥ 0; null when nothing tells. */
  of(instrumentId: number): number | null;
}

/**
 * Open interest by instrument. Of several records the one of the latest reference day counts (one
 * without is the oldest), then the one that arrived last, then the later one in the file.
 */
export class OpenInterest implements OpenInterestSource {
  readonly #newest = new Map<number, Statement>();

  /** Takes a record. Those of another kind, without a quantity, with one below 0 and deletions are passed over. */
  take(row: StatisticsRow): void {
    if (!isOpenInterest(row)) return;
    const next = {
      tsRefNs: row.tsRefNs ?? -1n,
      tsRecvNs: row.tsRecvNs ?? -1n,
      contracts: row.quantity,
    };
    const known = this.#newest.get(row.instrumentId);
    if (known === undefined || !isOlder(next, known)) this.#newest.set(row.instrumentId, next);
  }

  /** Contracts, ≥ 0; null when no record tells. */
  of(instrumentId: number): number | null {
    return this.#newest.get(instrumentId)?.contracts ?? null;
  }
}

/** Whether a record states an open interest. */
export function isOpenInterest(row: StatisticsRow): row is StatisticsRow & { quantity: number } {
  return row.statType === STAT_TYPE.OPEN_INTEREST && row.updateAction !== DELETED &&
    row.quantity !== null && row.quantity >= 0;
}

function isOlder(a: Statement, b: Statement): boolean {
  return a.tsRefNs === b.tsRefNs ? a.tsRecvNs < b.tsRecvNs : a.tsRefNs < b.tsRefNs;
}
