import { bound, type RealismRow, rowOf } from "../row.ts";

const STEP_MS = 50;
/** Steps of a return: half a second. */
const RETURN_STEPS = 10;
/** Steps of the greatest lag that is looked at, either way: two seconds. */
const MOST_LAG = 40;
const LAGS = 2 * MOST_LAG + 1;
const HELD = MOST_LAG + RETURN_STEPS + 1;
/** Fewest steps for a row: twenty minutes. */
const LEAST_STEPS = 24_000;
/** Correlation from which a lag means something. */
const LEAST_CORRELATION = 0.05;

/** Log mids of the last steps, as a ring. */
class Held {
  log = NaN;
  readonly #ring = new Float64Array(HELD).fill(NaN);

  keep(step: number): void {
    this.#ring[step % HELD] = this.log;
  }

  /** Return that ended `back` steps ago. */
  returnOf(step: number, back: number): number {
    const end = this.#ring[(step - back) % HELD] ?? NaN;
    return end - (this.#ring[(step - back - RETURN_STEPS) % HELD] ?? NaN);
  }

  forget(): void {
    this.log = NaN;
    this.#ring.fill(NaN);
  }
}

/** Where the cross-correlation of a pair is highest. */
interface Lag {
  readonly ms: number;
  readonly correlation: number;
}

/** Which of two funds moves first: cross-correlation of half-second returns with SPY, every 50 ms. */
export class LeadLag {
  readonly #spy = new Held();
  readonly #others: readonly {
    readonly symbol: string;
    readonly held: Held;
    readonly sums: Float64Array;
    readonly squares: Float64Array;
  }[];
  #nextTs = NaN;
  #step = 0;
  #steps = 0;

  constructor(symbols: readonly string[]) {
    this.#others = symbols.map((symbol) => ({
      symbol,
      held: new Held(),
      sums: new Float64Array(LAGS),
      squares: new Float64Array(2),
    }));
  }

  begin(fromTs: number): void {
    this.#nextTs = Math.ceil(fromTs / STEP_MS) * STEP_MS;
    this.#step = 0;
    this.#spy.forget();
    for (const { held } of this.#others) held.forget();
  }

  quote(ts: number, symbol: string, log: number): void {
    while (ts >= this.#nextTs) this.#take();
    if (symbol === "SPY") this.#spy.log = log;
    else {
      for (const other of this.#others) if (other.symbol === symbol) other.held.log = log;
    }
  }

  #take(): void {
    const step = this.#step++;
    this.#nextTs += STEP_MS;
    this.#steps++;
    this.#spy.keep(step);
    for (const { held } of this.#others) held.keep(step);
    if (step < HELD) return;
    const spyNow = this.#spy.returnOf(step, 0);
    if (Number.isNaN(spyNow)) return;
    for (const { held, sums, squares } of this.#others) {
      const now = held.returnOf(step, 0);
      if (Number.isNaN(now)) continue;
      squares[0] = (squares[0] ?? 0) + spyNow * spyNow;
      squares[1] = (squares[1] ?? 0) + now * now;
      for (let lag = 0; lag <= MOST_LAG; lag++) {
        // Index MOST_LAG + lag: SPY moved first.
        const before = now === 0 ? 0 : now * this.#spy.returnOf(step, lag);
        const after = spyNow === 0 ? 0 : spyNow * held.returnOf(step, lag);
        if (!Number.isNaN(before)) {
          sums[MOST_LAG + lag] = (sums[MOST_LAG + lag] ?? 0) + before;
        }
        if (lag > 0 && !Number.isNaN(after)) {
          sums[MOST_LAG - lag] = (sums[MOST_LAG - lag] ?? 0) + after;
        }
      }
    }
  }

  /** The lag of the highest cross-correlation; above 0: SPY moves first. */
  #lag(sums: Float64Array, squares: Float64Array): Lag {
    let best = MOST_LAG;
    for (let i = 0; i < LAGS; i++) if ((sums[i] ?? 0) > (sums[best] ?? 0)) best = i;
    return {
      ms: (best - MOST_LAG) * STEP_MS,
      correlation: (sums[best] ?? 0) / Math.sqrt((squares[0] ?? 0) * (squares[1] ?? 0)),
    };
  }

  /** The lags as a row. */
  row(): RealismRow {
    const bounds = this.#others.map(({ symbol, sums, squares }) => {
      const { ms, correlation } = this.#lag(sums, squares);
      return { ...bound(symbol, correlation >= LEAST_CORRELATION ? ms : NaN, -250, 250) };
    });
    return rowOf({
      id: "X4d",
      name: "Lag (ms) at which a fund's moves of half a second follow SPY's most",
      target: "± 250 ms",
      basis: "judged",
      needs: ["equity-quotes"],
      unit: "steps of 50 ms",
      n: this.#steps,
      least: LEAST_STEPS,
    }, bounds);
  }
}
