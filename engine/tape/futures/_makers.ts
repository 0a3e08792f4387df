import { log } from "../../dmath/mod.ts";
import { Xoshiro256 } from "../../prng/mod.ts";
import { type Agenda, DUE } from "./_agenda.ts";
import { MIN_ORDERS, type OrderFlow } from "./_order_flow.ts";
import type { BookSide } from "./book_side.ts";
import type { MboWriter } from "./mbo_writer.ts";

/** Ticks on the wrong side of the price from which a quote is taken back. */
const PULL_FROM_TICKS = 0.25;
/** Mean time to the first quote taken back, and between those after it. */
const PULL_FIRST_NS = 5_000_000;
const PULL_NEXT_NS = 400_000;
/** Mean time to a quote inside an open spread while the price moves by a tick a second. */
const IMPROVE_NS = 65_000_000;
const LEAST_DEVIATION_TICKS = 0.5;
/** Quotes that join it, and the mean time between them. */
const JOINS = 2;
const JOIN_NS = 1_000_000;

/**
 * Those who quote both sides: they take quotes back that the price has passed and quote inside a spread that is
 * open, the sooner the more the price moves. The mid follows the price by what they do. Their times are judged, by
 * the time that the spread has one tick.
 */
export class Makers {
  readonly #flow: OrderFlow;
  readonly #agenda: Agenda;
  readonly #rng: Xoshiro256;
  readonly #isPulling = { bids: false, asks: false };
  readonly #isImproving = { bids: false, asks: false };
  #improveNs = IMPROVE_NS;

  constructor(seed: number | bigint, flow: OrderFlow, agenda: Agenda) {
    this.#flow = flow;
    this.#agenda = agenda;
    this.#rng = new Xoshiro256(seed, 17);
  }

  /**
   * Sees the book and the price that the flow was told last.
   *
   * @param deviationTicks Standard deviation of a second's move lately.
   */
  look(deviationTicks: number, nowNs: number): void {
    const pace = Math.max(deviationTicks, LEAST_DEVIATION_TICKS);
    this.#improveNs = IMPROVE_NS / (pace * Math.sqrt(pace));
    this.#lookAt(this.#flow.bids, "bids", nowNs);
    this.#lookAt(this.#flow.asks, "asks", nowNs);
  }

  /** Takes one quote back that the price has passed; the next follows, until none is left. */
  pull(sign: number, nowNs: number, out: MboWriter): void {
    const flow = this.#flow;
    const side = sign === 1 ? flow.bids : flow.asks;
    if (side.orders <= MIN_ORDERS || flow.passed(side, side.best) <= PULL_FROM_TICKS) {
      this.#isPulling[sign === 1 ? "bids" : "asks"] = false;
      return;
    }
    const place = this.#rng.below(side.ordersAt(side.best));
    flow.leave(side, side.nth(side.best, place), nowNs, out);
    this.#agenda.add(nowNs + this.#wait(PULL_NEXT_NS), DUE.PULL, sign);
  }

  /** Quotes inside an open spread, or joins who did. @param left Quotes that are to come after this one. */
  improve(sign: number, left: number, nowNs: number, out: MboWriter): void {
    const flow = this.#flow;
    const side = sign === 1 ? flow.bids : flow.asks;
    const room = left === JOINS ? this.#room(side) : 0;
    const isOver = left === JOINS && room <= 0;
    if (!isOver) flow.quote(side, side.best + room * sign, nowNs, out);
    if (isOver || left === 0) this.#isImproving[sign === 1 ? "bids" : "asks"] = false;
    else this.#agenda.add(nowNs + this.#wait(JOIN_NS), DUE.IMPROVE, sign, 0, 0, left - 1);
  }

  #lookAt(side: BookSide, name: "bids" | "asks", nowNs: number): void {
    if (side.orders <= MIN_ORDERS) return;
    if (!this.#isPulling[name] && this.#flow.passed(side, side.best) > PULL_FROM_TICKS) {
      this.#isPulling[name] = true;
      this.#agenda.add(nowNs + this.#wait(PULL_FIRST_NS), DUE.PULL, side.sign);
    }
    if (!this.#isImproving[name] && this.#room(side) > 0) {
      this.#isImproving[name] = true;
      this.#agenda.add(nowNs + this.#wait(this.#improveNs), DUE.IMPROVE, side.sign, 0, 0, JOINS);
    }
  }

  /** Returns how many ticks better a side may quote: inside the spread, and not through the price. */
  #room(side: BookSide): number {
    const { bids, asks, latentTicks } = this.#flow;
    return Math.min(asks.best - bids.best - 1, Math.floor((latentTicks - side.best) * side.sign));
  }

  /** Draws an exponential time of a mean, ns >= 1. */
  #wait(meanNs: number): number {
    return 1 + Math.floor(-meanNs * log(this.#rng.uniformOpen()));
  }
}
