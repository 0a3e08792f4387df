import { newYorkCloseMs, parseContractId, type Right } from "../options/mod.ts";
import { daysOfDate, tradeDay } from "../regime/mod.ts";
import { BoundedMap } from "./_bounded_map.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const CONTRACT_CAP = 50_000;
const CONTRACT_TTL_MS = 24 * HOUR_MS;

/** A contract with what follows from its id. */
export interface Contract {
  readonly id: string;
  readonly root: string;
  readonly strike: number;
  readonly right: Right;
  /** YYYYMMDD and the same as days from 1970. */
  readonly expiry: number;
  readonly expiryDay: number;
  readonly expiryTs: number;
  touchedTs: number;
}

/** Contracts by id, at most 50,000, dropped after a day without use; and trading days of instants. */
export class Contracts {
  readonly #known = new BoundedMap<Contract>(CONTRACT_CAP, CONTRACT_TTL_MS);
  #minute = NaN;
  #day = 0;

  get size(): number {
    return this.#known.size;
  }

  /** The contract, or null when the text is no contract id. */
  of(id: string, nowMs: number): Contract | null {
    const known = this.#known.get(id);
    if (known !== undefined) {
      known.touchedTs = nowMs;
      return known;
    }
    const terms = parseContractId(id);
    if (terms === null) return null;
    const made: Contract = {
      id,
      root: terms.root,
      strike: terms.strike,
      right: terms.right,
      expiry: terms.expiry,
      expiryDay: daysOfDate(terms.expiry),
      expiryTs: newYorkCloseMs(terms.expiry),
      touchedTs: nowMs,
    };
    this.#known.set(id, made);
    return made;
  }

  /**
   * Calendar days to the expiry from the trading day that a trade counts for; 0 on the day itself. After the
   * close a trade counts for the next session, so a Monday expiry is as near on Saturday as on Monday.
   */
  dteDays(contract: Contract, tsMs: number): number {
    const minute = Math.floor(tsMs / MINUTE_MS);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#day = tradeDay(tsMs);
    }
    return Math.max(0, contract.expiryDay - this.#day);
  }

  sweep(nowMs: number): void {
    this.#known.sweep(nowMs);
  }
}
