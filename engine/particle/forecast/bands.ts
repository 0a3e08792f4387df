import { normalQuantile } from "../../dmath/mod.ts";
import type { LabConfig } from "../config.ts";
import type { Draws } from "../score/mod.ts";
import { ResidualWindow, type ResidualWindowState } from "./residual_window.ts";

/** Shares of outcomes below the lower and the upper end of the published band, which holds 80 %. */
export const BAND_SHARES = [0.1, 0.9] as const;

/** What bands are drawn by at an origin. */
export interface BandWeather {
  /** Mean square of a move of late, ticks^2. */
  readonly variance: number;
  /** Volatility of late against its usual. */
  readonly pace: number;
}

/** State of {@link Bands}: windows by horizon. */
export interface BandsState {
  readonly plain: readonly ResidualWindowState[];
  readonly scaled: readonly ResidualWindowState[];
}

/**
 * Conformal quantiles about a forecast, per horizon: `plain` by the last residuals as they were,
 * `scaled` by the same in units of the pace of the volatility at their origin. Before there are enough
 * residuals both are those of a random walk.
 */
export class Bands {
  readonly #leastCount: number;
  readonly #lattice: number;
  readonly #plain: readonly ResidualWindow[];
  readonly #scaled: readonly ResidualWindow[];

  /**
   * @param cfg Horizons, residuals remembered, residuals needed.
   * @param lattice Ticks that outcomes are multiples of (mids lie on half ticks); 0 where on none.
   * Scaled quantiles are snapped to it, else a band of width 0 beside a mid that rests covers nothing.
   */
  constructor({ H, bandW, bandMin }: Pick<LabConfig, "H" | "bandW" | "bandMin">, lattice = 0) {
    const windows = () => Array.from({ length: H }, () => new ResidualWindow(bandW));
    this.#leastCount = bandMin;
    this.#lattice = lattice;
    this.#plain = windows();
    this.#scaled = windows();
  }

  /**
   * Takes an outcome, also one across a jump.
   *
   * @param h Horizon, 1..H.
   * @param residual What came minus the forecast, ticks.
   * @param pace That of the origin.
   */
  push(h: number, residual: number, pace: number): void {
    this.#plain[h - 1]!.push(residual);
    this.#scaled[h - 1]!.push(residual / pace);
  }

  /**
   * Plain quantile of a horizon, ticks.
   *
   * @param y The forecast, ticks.
   * @param q Share of outcomes below, in (0, 1).
   */
  plain(h: number, y: number, q: number, { variance }: BandWeather): number {
    const window = this.#plain[h - 1]!;
    if (window.count >= this.#leastCount) return y + window.quantile(q);
    return y + walkQuantile(h, q, variance);
  }

  /** Scaled quantile of a horizon on the lattice, ticks. @see plain */
  scaled(h: number, y: number, q: number, { variance, pace }: BandWeather): number {
    const window = this.#scaled[h - 1]!;
    if (window.count >= this.#leastCount) return this.#snap(y + pace * window.quantile(q));
    return this.#snap(y + walkQuantile(h, q, variance));
  }

  /**
   * Scaled draws of a horizon on the lattice, ticks, ascending, until the next outcome comes; null before
   * there are enough residuals.
   *
   * @see plain
   */
  draws(h: number, y: number, { pace }: BandWeather): Draws | null {
    const window = this.#scaled[h - 1]!;
    if (window.count < this.#leastCount) return null;
    return { count: window.count, at: (rank) => this.#snap(y + pace * window.at(rank)) };
  }

  /** Snapping keeps the order, so a snapped quantile is the quantile of snapped draws. */
  #snap(value: number): number {
    if (this.#lattice === 0) return value;
    return this.#lattice * Math.floor(value / this.#lattice + 0.5);
  }

  /** Whole state. */
  save(): BandsState {
    return {
      plain: this.#plain.map((window) => window.save()),
      scaled: this.#scaled.map((window) => window.save()),
    };
  }

  /** Goes on from a state of bands with the same horizons. */
  restore({ plain, scaled }: BandsState): void {
    this.#plain.forEach((window, i) => window.restore(plain[i]!));
    this.#scaled.forEach((window, i) => window.restore(scaled[i]!));
  }
}

function walkQuantile(h: number, q: number, variance: number): number {
  return normalQuantile(q) * Math.sqrt(variance * h);
}
