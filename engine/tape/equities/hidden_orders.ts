import { extend, type LatentMarket, prefix, tag, toUnit } from "../../regime/mod.ts";
import type { UnderlyingPath } from "../market_tape_types.ts";
import { type SecondContext, SYMBOL_RATE } from "./intensity.ts";
import { blockShares, lotsBetween } from "./print_size.ts";

/** An off-exchange print of a patient order. */
export interface HiddenPrint {
  readonly ts: number;
  readonly symbol: number;
  /** 0: at the midpoint. */
  readonly side: 1 | -1 | 0;
  readonly size: number;
  /** Uniform that the venue is drawn by. */
  readonly venue: number;
}

const ICEBERG = tag("iceberg");
const BLOCK = tag("midblock");
const PERIOD_MS = 300_000;
const ICEBERG_SHARE = 0.25;
/** One midpoint block per six minutes on average. */
const BLOCKS_PER_SECOND = 1 / 360;
const TOTAL_RATE = SYMBOL_RATE.reduce((sum, rate) => sum + rate, 0);

/** Prints of the icebergs that begin in one five-minute period of the session. */
function icebergsOf(path: UnderlyingPath, period: number): HiddenPrint[] {
  const { market } = path;
  const { openTs, closeTs, id } = market.session;
  const from = openTs + period * PERIOD_MS;
  const found: HiddenPrint[] = [];
  if (period < 0 || from >= closeTs) return found;
  for (const symbol of market.focusAt(from)) {
    const state = prefix(market.seedAt(from), ICEBERG, id, period, symbol);
    if (toUnit(extend(state, 0)) >= ICEBERG_SHARE) continue;
    const start = from + Math.floor(PERIOD_MS * toUnit(extend(state, 1)));
    if (start >= closeTs) continue;
    const regime = market.regimeAt(start);
    const up = regime === "trend_up" || regime === "retail_chase";
    if (!up && regime !== "trend_down" && regime !== "event_ramp") continue;
    const lean = up ? 0.7 : regime === "trend_down" ? 0.3 : 0.5 + 0.2 * market.eventDir(symbol);
    const side = toUnit(extend(state, 2)) < lean ? 1 : -1;
    const count = 5 + Math.floor(5 * toUnit(extend(state, 3)));
    const span = 20_000 + 35_000 * toUnit(extend(state, 4));
    for (let i = 0; i < count; i++) {
      const own = extend(state, 10 + i);
      const place = (i + 0.2 + 0.6 * toUnit(extend(own, 0))) / count;
      const ts = start + Math.floor(span * place);
      if (ts >= closeTs) break;
      const size = lotsBetween(300, 1_500, toUnit(extend(own, 1)));
      found.push({ ts, symbol, side, size, venue: toUnit(extend(own, 2)) });
    }
  }
  return found;
}

/**
 * Off-exchange prints of patient orders: icebergs, which take one side several times within a minute, and
 * single blocks at the midpoint.
 */
export class HiddenOrders {
  readonly #path: UnderlyingPath;
  readonly #periods = new Map<number, readonly HiddenPrint[]>();
  #market: LatentMarket;

  constructor(path: UnderlyingPath) {
    this.#path = path;
    this.#market = path.market;
  }

  /** Prints of one second. */
  second(at: SecondContext): HiddenPrint[] {
    const found: HiddenPrint[] = [];
    if (this.#path.market !== this.#market) {
      // A control write may have changed what is still to begin in this period.
      this.#market = this.#path.market;
      this.#periods.clear();
    }
    const period = Math.floor(at.second * 1_000 / PERIOD_MS);
    for (const p of [period - 1, period]) {
      for (const print of this.#period(p)) {
        if (print.ts >= at.tsMs && print.ts < at.tsMs + 1_000) found.push(print);
      }
    }
    const block = prefix(at.seed, BLOCK, at.sessionId, at.second);
    if (toUnit(extend(block, 0)) < BLOCKS_PER_SECOND) {
      found.push({
        ts: at.tsMs + Math.floor(1_000 * toUnit(extend(block, 1))),
        symbol: this.#anySymbol(toUnit(extend(block, 2))),
        side: 0,
        size: blockShares(toUnit(extend(block, 3))),
        venue: toUnit(extend(block, 4)),
      });
    }
    return found;
  }

  #anySymbol(uniform: number): number {
    let left = uniform * TOTAL_RATE;
    for (let symbol = 0; symbol < SYMBOL_RATE.length; symbol++) {
      left -= SYMBOL_RATE[symbol] ?? 0;
      if (left < 0) return symbol;
    }
    return 0;
  }

  #period(period: number): readonly HiddenPrint[] {
    const known = this.#periods.get(period);
    if (known !== undefined) return known;
    const made = icebergsOf(this.#path, period);
    if (this.#periods.size > 3) this.#periods.clear();
    this.#periods.set(period, made);
    return made;
  }
}
