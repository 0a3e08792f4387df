import { parseContractId } from "../../options/mod.ts";

const DAY_MS = 86_400_000;
/** Hours that New York is behind UTC at least; enough to tell the date of any trading hour. */
const NEW_YORK_BEHIND_MS = 4 * 3_600_000;

/** An option contract, with its number among those of a session. */
export interface SeenContract {
  /** From 0, in order of appearance. */
  readonly number: number;
  readonly root: string;
  /** YYYYMMDD. */
  readonly expiry: number;
  /** USD. */
  readonly strike: number;
  readonly right: "C" | "P";
  /** Calendar days from the session's date to the expiry. */
  readonly dte: number;
}

function dayOf(ymd: number): number {
  return Date.UTC(Math.floor(ymd / 10_000), Math.floor(ymd / 100) % 100 - 1, ymd % 100) / DAY_MS;
}

/**
 * The contracts of a session by id. An id that is none is a contract without root. The session's date is that of
 * its first record, or the earliest expiry that is seen, where that is before: nothing trades after it expired, so
 * the session is a repeated one.
 */
export class SeenContracts {
  readonly #known = new Map<string, SeenContract>();
  #today: number;

  /** @param fromTs Epoch ms inside the session. */
  constructor(fromTs: number) {
    this.#today = Math.floor((fromTs - NEW_YORK_BEHIND_MS) / DAY_MS);
  }

  /** The contract of an id. */
  of(id: string): SeenContract {
    let found = this.#known.get(id);
    if (found === undefined) this.#known.set(id, found = this.#make(id));
    return found;
  }

  #make(id: string): SeenContract {
    const terms = parseContractId(id);
    const day = terms === null ? NaN : dayOf(terms.expiry);
    if (day < this.#today) this.#today = day;
    const daysTo = () => day - this.#today;
    return {
      number: this.#known.size,
      root: terms?.root ?? "",
      expiry: terms?.expiry ?? 0,
      strike: terms?.strike ?? NaN,
      right: terms?.right ?? "C",
      get dte() {
        return daysTo();
      },
    };
  }
}
