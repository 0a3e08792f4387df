import type { LabConfig } from "../config.ts";
import { Bands } from "../forecast/mod.ts";
import { MoveScale, Volatility } from "../moves/mod.ts";
import { crps, CRPS_LEVELS } from "../score/mod.ts";

/** The bands of the lab about a forecast of 0: what a predictive distribution has to beat. */
export class WalkBands {
  readonly #H: number;
  readonly #bands: Bands;
  readonly #moves = new MoveScale();
  readonly #volatility = new Volatility();
  /** Rings of H + 1 ticks, by tick modulo their length. */
  readonly #ticks: Float64Array;
  readonly #spots: Float64Array;
  readonly #paces: Float64Array;
  /** Ticks that were jumps. */
  jumps = 0;

  /** @param lattice Ticks that outcomes are multiples of; 0 where on none. */
  constructor(cfg: Pick<LabConfig, "H" | "bandW" | "bandMin">, lattice: number) {
    this.#H = cfg.H;
    this.#bands = new Bands(cfg, lattice);
    this.#ticks = new Float64Array(cfg.H + 1).fill(NaN);
    this.#spots = new Float64Array(cfg.H + 1);
    this.#paces = new Float64Array(cfg.H + 1);
  }

  /** Mean square of a move of late, ticks^2. */
  get variance(): number {
    return this.#volatility.variance;
  }

  /** Takes a present tick; ticks rise. @param spot Ticks. */
  take(tick: number, spot: number): void {
    const length = this.#ticks.length;
    for (let h = 1; h <= this.#H; h++) {
      const at = (tick - h) % length;
      if (this.#ticks[at] !== tick - h) continue;
      this.#bands.push(h, spot - this.#spots[at]!, this.#paces[at]!);
    }
    this.#moves.take(tick, spot);
    this.#volatility.take(spot, this.#moves.move);
    if (this.#moves.isJump) this.jumps++;
    this.#ticks[tick % length] = tick;
    this.#spots[tick % length] = spot;
    this.#paces[tick % length] = this.#volatility.pace;
  }

  /** Score of the bands of the last tick for an outcome, ticks. @param h Horizon, 1..H. */
  crps(h: number, act: number): number {
    const at = (level: number) => this.#bands.scaled(h, 0, level, this.#volatility);
    return crps(CRPS_LEVELS.map(at), act);
  }
}
