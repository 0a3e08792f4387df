import { newYorkText } from "../../clock/mod.ts";
import { type ContractTerms, parseContractId } from "../../options/mod.ts";

const DAY_MS = 86_400_000;
const NS_PER_MS = 1_000_000n;
/** New York time from which a trade counts for the next day: the day's contracts are settled. */
const CLOSE = "16:00:00";

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

/** Day that a trade counts for, in days since 1970: in the evening and on a weekend the next weekday. */
function tradeDay(tsMs: number): number {
  const [date = "", time = ""] = newYorkText(BigInt(Math.floor(tsMs)) * NS_PER_MS).split(" ");
  const day = Date.parse(`${date}T00:00:00Z`) / DAY_MS + (time >= CLOSE ? 1 : 0);
  // 1 January 1970 was a Thursday.
  const weekday = (day + 4) % 7;
  return weekday === 6 ? day + 2 : weekday === 0 ? day + 1 : day;
}

/** The day that a session is of, in days since 1970, as far as is known. */
interface Today {
  day: number;
}

/** A class, not a literal with a closure: there are tens of thousands of them. */
class Contract implements SeenContract {
  readonly number: number;
  readonly root: string;
  readonly expiry: number;
  readonly strike: number;
  readonly right: "C" | "P";
  readonly #day: number;
  readonly #today: Today;

  constructor(number: number, terms: ContractTerms | null, day: number, today: Today) {
    this.number = number;
    this.root = terms?.root ?? "";
    this.expiry = terms?.expiry ?? 0;
    this.strike = terms?.strike ?? NaN;
    this.right = terms?.right ?? "C";
    this.#day = day;
    this.#today = today;
  }

  get dte(): number {
    return this.#day - this.#today.day;
  }
}

/**
 * The contracts of a session by id. An id that is none is a contract without root. Days to expiry count from the
 * day of the session's first record, or from the earliest expiry that is seen, where that is before: nothing
 * trades after it expired.
 */
export class SeenContracts {
  readonly #known = new Map<string, SeenContract>();
  readonly #today: Today;

  /** @param fromTs Epoch ms inside the session. */
  constructor(fromTs: number) {
    this.#today = { day: tradeDay(fromTs) };
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
    if (day < this.#today.day) this.#today.day = day;
    return new Contract(this.#known.size, terms, day, this.#today);
  }
}
