import { exp, log, normalQuantile } from "../../dmath/mod.ts";
import { Xoshiro256 } from "../../prng/mod.ts";
import { type Agenda, DUE } from "./_agenda.ts";
import type { BookSide } from "./book_side.ts";

/** Share of the orders at the touch that are gone in a moment, and the median of that: the recording's. */
const FLEETING_SHARE = 0.22;
const FLEETING_MEDIAN_NS = 350_000;
/** Share of messages that another one of the same sender follows: by the recording's share of gaps below 0.1 ms. */
const ECHO_SHARE = 0.36;
/** Of those, the other half of a shift: judged. */
const SHIFT_SHARE = 0.25;
/** Share of market orders that come again: judged, by how the sides of trades follow each other. */
const MARKET_ECHO_SHARE = 0.2;
/** Log-uniform from 0.001 to 0.1 ms, of market orders to 3 ms: the recording's range. */
const ECHO_FROM_NS = 1_000;
const ECHO_LOG_SPAN = log(100);
const MARKET_ECHO_LOG_SPAN = log(3_000);

/** What machines do with a message right after it: send another one, or take the order back. */
export class Echoes {
  readonly #agenda: Agenda;
  readonly #rng: Xoshiro256;

  constructor(seed: number | bigint, agenda: Agenda) {
    this.#agenda = agenda;
    this.#rng = new Xoshiro256(seed, 15);
  }

  /** An order has come to the touch, perhaps only for a moment. */
  fleeting(side: BookSide, slot: number, nowNs: number): void {
    if (this.#rng.uniform() >= FLEETING_SHARE) return;
    const z = normalQuantile(this.#rng.uniformOpen());
    const lifeNs = 1 + Math.floor(FLEETING_MEDIAN_NS * exp(z));
    this.#agenda.add(nowNs + lifeNs, DUE.WITHDRAW, side.sign, slot, 0, 0, side.id(slot));
  }

  /** A message has gone out; another one of its kind may follow, or the other half of a shift of both quotes. */
  message(kind: typeof DUE.LIMIT | typeof DUE.CANCEL, sign: number, nowNs: number): void {
    if (this.#rng.uniform() >= ECHO_SHARE) return;
    const isShift = this.#rng.uniform() < SHIFT_SHARE;
    const other = kind === DUE.LIMIT ? DUE.CANCEL : DUE.LIMIT;
    const gapNs = this.#gapNs(ECHO_LOG_SPAN);
    this.#agenda.add(nowNs + gapNs, isShift ? other : kind, isShift ? -sign : sign);
  }

  /** A market order has been filled; another one like it may follow. @param sign The side that was hit. */
  market(sign: number, size: number, nowNs: number): void {
    if (this.#rng.uniform() >= MARKET_ECHO_SHARE) return;
    this.#agenda.add(nowNs + this.#gapNs(MARKET_ECHO_LOG_SPAN), DUE.MARKET, sign, 0, size);
  }

  #gapNs(logSpan: number): number {
    return Math.floor(ECHO_FROM_NS * exp(logSpan * this.#rng.uniform()));
  }
}
