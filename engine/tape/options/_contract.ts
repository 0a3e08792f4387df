import { contractId, dteDays, expiriesOf, isPenny, newYorkCloseMs } from "../../options/mod.ts";
import { type Session, type SessionEvent, UNIVERSE } from "../../regime/mod.ts";
import { contractDraws, contractKey } from "../surface/mod.ts";

const KEEP_MS = 900_000;
const SWEEP_MS = 60_000;

/** One listed expiry seen from the session. */
export interface Expiry {
  readonly date: number;
  readonly dte: number;
  /** Epoch ms of 16:00 New York on the date. */
  readonly closeMs: number;
}

/** One change of a contract's quote: epoch ms, prices in cents, sizes in contracts. */
export interface QuoteUpdate {
  readonly ts: number;
  readonly bid: number;
  readonly ask: number;
  readonly bidSize: number;
  readonly askSize: number;
}

/** A contract with what the tape remembers of it. Prices are whole cents. */
export class Contract {
  readonly key: number;
  readonly symbol: number;
  readonly expiry: Expiry;
  readonly strike: number;
  readonly right: "C" | "P";
  readonly id: string;
  /** Quoted in cents at any price. */
  readonly penny: boolean;
  /** Hash state that all draws of the contract extend. */
  readonly draws: number;

  /** Epoch ms that the values below belong to. */
  valuedAt = -1;
  mid = 0;
  iv = 0;
  halfSpread = 0;

  /** The quote that stands, whatever made it; a bid of 0: one-sided. */
  standing: QuoteUpdate | null = null;
  /** When the contract's own grid last made a two-sided quote, epoch ms. */
  gridTs = -Infinity;
  /** Until when the contract is quoted without being traded, epoch ms. */
  gridUntil = -Infinity;
  lastPrintTs = -Infinity;
  usedAt = 0;

  constructor(
    key: number,
    symbol: number,
    expiry: Expiry,
    strike: number,
    right: "C" | "P",
    draws: number,
  ) {
    this.key = key;
    this.symbol = symbol;
    this.expiry = expiry;
    this.strike = strike;
    this.right = right;
    const root = UNIVERSE[symbol]?.symbol ?? "";
    this.id = contractId(root, expiry.date, strike, right);
    this.penny = isPenny(root);
    this.draws = draws;
  }
}

/** The contracts of one session that somebody asked for lately. */
export class ContractCache {
  readonly #contracts = new Map<number, Contract>();
  readonly #expiries: (readonly Expiry[] | undefined)[] = [];
  readonly #byDate = new Map<number, Expiry>();
  readonly #session: Session;
  readonly #seed: (tsMs: number) => number;
  #sweptAt = 0;

  /** @param seed Seed in force at an epoch ms. */
  constructor(session: Session, seed: (tsMs: number) => number) {
    this.#session = session;
    this.#seed = seed;
  }

  /** Listed expiries of a symbol, ascending. */
  expiries(symbol: number): readonly Expiry[] {
    const known = this.#expiries[symbol];
    if (known !== undefined) return known;
    const made = expiriesOf(UNIVERSE[symbol]?.symbol ?? "", this.#session.date)
      .map((date) => this.expiry(date));
    this.#expiries[symbol] = made;
    return made;
  }

  /** One expiry by its date, listed or not. */
  expiry(date: number): Expiry {
    let found = this.#byDate.get(date);
    if (found === undefined) {
      const dte = Math.max(0, dteDays(this.#session.date, date));
      found = { date, dte, closeMs: newYorkCloseMs(date) };
      this.#byDate.set(date, found);
    }
    return found;
  }

  /** The contract, made when it is not known. */
  get(symbol: number, expiry: Expiry, strike: number, right: "C" | "P", tsMs: number): Contract {
    const key = contractKey(symbol, expiry.date, strike, right);
    let contract = this.#contracts.get(key);
    if (contract === undefined) {
      // The seed at the open: a contract keeps its draws when an operator sets another seed later.
      const seed = this.#seed(this.#session.openTs);
      contract = new Contract(
        key,
        symbol,
        expiry,
        strike,
        right,
        contractDraws(seed, this.#session.id, key),
      );
      this.#contracts.set(key, contract);
    }
    contract.usedAt = tsMs;
    return contract;
  }

  /** Forgets contracts that nobody asked for in a quarter of an hour; call once per second. */
  sweep(tsMs: number): void {
    if (tsMs - this.#sweptAt < SWEEP_MS) return;
    this.#sweptAt = tsMs;
    for (const [key, contract] of this.#contracts) {
      if (tsMs - contract.usedAt > KEEP_MS) this.#contracts.delete(key);
    }
  }

  /** Forgets every contract and what it remembers. */
  clear(): void {
    this.#contracts.clear();
  }

  get size(): number {
    return this.#contracts.size;
  }
}

/** Days from an instant to a symbol's next announced event, or null. */
export function daysToEvent(
  events: readonly SessionEvent[],
  symbol: number,
  tsMs: number,
): number | null {
  let next = Infinity;
  for (const event of events) {
    if (event.kind === "future" && event.symbol === symbol && event.eventTs >= tsMs) {
      next = Math.min(next, event.eventTs);
    }
  }
  return next === Infinity ? null : (next - tsMs) / 86_400_000;
}
