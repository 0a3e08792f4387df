import { UNIVERSE } from "../regime/mod.ts";
import type { Meter, MeteredSession } from "./meter.ts";
import type { Tallies } from "./tallies.ts";

const MINUTE_MS = 60_000;

/** What the latent market does from second to second and from minute to minute. */
export class MarketMeter implements Meter {
  readonly #of: MeteredSession;
  readonly #tallies: Tallies;
  readonly #fromTs: number;
  readonly #last = new Float64Array(UNIVERSE.length);
  #levels: readonly number[] = [];
  #focus = "";

  /** @param fromTs Epoch ms from which the session is read. */
  constructor(of: MeteredSession, tallies: Tallies, fromTs: number) {
    this.#of = of;
    this.#tallies = tallies;
    this.#fromTs = fromTs;
  }

  /** @param tsMs End of the second that was given. */
  second(tsMs: number): void {
    const ts = tsMs - 1_000;
    const { market } = this.#of.schedule;
    const { volatility, liquidity, cleanliness } = market.levelsAt(ts);
    const levels = [volatility, liquidity, cleanliness];
    if (this.#levels.length > 0) {
      const steps = levels.map((level, i) => Math.abs(level - (this.#levels[i] ?? level)));
      this.#tallies.add("R5.step", Math.max(...steps));
    }
    this.#levels = levels;
    const focus = market.focusAt(ts).join();
    if (this.#focus !== "" && focus !== this.#focus) this.#tallies.add("R5.focus", 1);
    this.#focus = focus;
    this.#moves(ts);
  }

  /** Second-to-second returns in units of the model's own deviation. */
  #moves(ts: number): void {
    const { path, schedule: { market } } = this.#of;
    const hasLast = ts > this.#fromTs;
    let greatest = 0;
    for (let symbol = 0; symbol < UNIVERSE.length; symbol++) {
      const price = path.mid(symbol, ts);
      if (hasLast) {
        const bps = Math.abs(10_000 * (price / (this.#last[symbol] ?? price) - 1));
        // Most moves are far too small to be the greatest: the deviation is asked for the others only.
        if (bps > 2) greatest = Math.max(greatest, bps / deviationBps(market, symbol, ts));
      }
      this.#last[symbol] = price;
    }
    this.#tallies.add("P6", greatest);
  }

  addTo(tallies: Tallies, untilMs: number): void {
    const { market } = this.#of.schedule;
    const regimes = new Set<string>();
    let stay = 0;
    for (let ts = this.#fromTs; ts < untilMs; ts += MINUTE_MS) {
      const regime = market.regimeAt(ts);
      regimes.add(regime);
      tallies.count("R2.minutes", regime);
      const later = ts + 5 * MINUTE_MS;
      if (later < untilMs) tallies.share("R3.same", market.regimeAt(later) === regime ? 1 : 0, 1);
      const before = ts - MINUTE_MS;
      if (stay > 0 && market.regimeAt(before) !== regime) {
        tallies.add("R3.run", stay);
        stay = 0;
      }
      stay++;
    }
    if (untilMs >= market.session.closeTs) {
      tallies.share("R2.five", regimes.size >= 5 ? 1 : 0, 1);
      tallies.add("sessions", 1);
    }
  }
}

function deviationBps(
  market: { sigma1mBps(symbol: number, tsMs: number): number },
  symbol: number,
  ts: number,
): number {
  return market.sigma1mBps(symbol, ts) / Math.sqrt(60);
}
